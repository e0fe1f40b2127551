package dev.sluice.runtime.task;

import java.time.Duration;

/**
 * The bounds of one task, each with a worker setting of its own.
 *
 * @param inFlightRecordsMax records that a source may have read but not yet in the log
 * @param inFlightBytesMax their bytes
 * @param batchRecordsMax records that one put gets at most
 * @param batchBytesMax about the bytes that one read of the log fetches
 * @param commitInterval the longest time between two offset commits of a busy sink
 * @param flushTimeout how long a stop waits for records in flight, and a commit for its answer
 */
public record TaskLimits(
        long inFlightRecordsMax,
        long inFlightBytesMax,
        int batchRecordsMax,
        int batchBytesMax,
        Duration commitInterval,
        Duration flushTimeout) {
    /** Returns the same with other bounds of a put. */
    TaskLimits withBatch(int recordsMax, int bytesMax) {
        return new TaskLimits(inFlightRecordsMax, inFlightBytesMax, recordsMax, bytesMax, commitInterval, flushTimeout);
    }
}
