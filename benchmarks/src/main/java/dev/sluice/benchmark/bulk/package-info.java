/**
 * Two programs that write the lines of a file into an index, beside which the Elasticsearch sink is measured: one does nothing that a
 * sink can do without, the other is what one writes with Kafka Connect's converter and Elasticsearch's own client.
 */
@NullMarked
package dev.sluice.benchmark.bulk;

import org.jspecify.annotations.NullMarked;
