package dev.sluice.broker.log;

import dev.sluice.broker.metrics.Histogram;
import java.io.IOException;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.storage.internals.log.LogSegment;
import org.apache.kafka.storage.internals.log.UnifiedLog;

/** Brings appended batches to the disk, so that they survive a power cut. Log threads call it. */
final class Syncs {
    /** No segment was synced yet. */
    static final long NONE = -1;

    private final Histogram durations = new Histogram();
    private volatile Runnable before = () -> {};

    Histogram durations() {
        return durations;
    }

    /** Calls this before each sync; for tests that hold the disk. */
    void before(Runnable step) {
        before = step;
    }

    /**
     * Syncs all batches of a partition. While its last segment is the one of the last time, only the records are synced:
     * the indexes are made again from them after a crash. A new segment takes the one before, and the folder, along.
     *
     * @param log the partition
     * @param syncedSegment the first offset of the segment that this returned last, or {@link #NONE}
     * @return the first offset of the segment that is being written
     */
    long sync(UnifiedLog log, long syncedSegment) throws IOException {
        long startNanos = System.nanoTime();
        before.run();
        LogSegment segment = log.activeSegment();
        if (segment.baseOffset() == syncedSegment) {
            segment.log().flush();
        } else {
            log.flush(false);
            Utils.flushDirIfExists(log.dir().toPath().getParent());
        }
        durations.record(System.nanoTime() - startNanos);
        return segment.baseOffset();
    }
}
