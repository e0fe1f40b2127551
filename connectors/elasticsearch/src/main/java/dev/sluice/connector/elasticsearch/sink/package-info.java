/** The sink task: records in, bulk items out, offsets that are safe. */
@NullMarked
package dev.sluice.connector.elasticsearch.sink;

import org.jspecify.annotations.NullMarked;
