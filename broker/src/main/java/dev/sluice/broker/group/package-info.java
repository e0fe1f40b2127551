/**
 * Consumer groups: today their committed offsets, {@link dev.sluice.broker.group.GroupOffsets}, kept in the compacted
 * topic {@code __consumer_offsets} in Kafka's own record format, so that Kafka's group coordinator can take it over.
 */
@NullMarked
package dev.sluice.broker.group;

import org.jspecify.annotations.NullMarked;
