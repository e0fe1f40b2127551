/**
 * The durable log: one {@link dev.sluice.broker.log.PartitionLog} per partition, kept by Kafka's {@code UnifiedLog} in
 * Kafka's own files. {@code PartitionLogs} holds the open ones, {@code LogDirectory} the folder, its lock and markers,
 * {@code Upkeep} does retention, fsync, checkpoints and cleaning.
 *
 * <p>Appends run on the log thread that owns the partition, reads on the reader threads. No thread of a caller ever
 * touches a file: an interrupt there would close the segment for everybody.
 *
 * <p>Invariant 3: offsets are dense and rising; a torn tail is cut at start. Invariant 9: what was acknowledged survives
 * the death of the process. Kafka's storage classes are named here and nowhere else.
 */
@NullMarked
package dev.sluice.broker.log;

import org.jspecify.annotations.NullMarked;
