/**
 * What the worker must not forget: connector configs, source offsets and statuses, each a compacted topic with a view in
 * memory. The formats are those of Kafka Connect's internal topics, so its tools can read them.
 *
 * <p>Stores are opened before the herder starts and may be used from any thread but an event loop where it says so;
 * writes complete on a thread of the log.
 */
@NullMarked
package dev.sluice.runtime.store;

import org.jspecify.annotations.NullMarked;
