package dev.sluice.runtime.task;

import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.transport.PartitionReader;
import org.jspecify.annotations.Nullable;

/** Where a sink task stands in one partition; task thread only, but for {@link #nextOffset}. */
final class PartitionCursor {
    private final TopicPartition partition;
    private final PartitionReader reader;
    private volatile long nextOffset;
    private @Nullable Long handedOver;
    private boolean paused;

    PartitionCursor(TopicPartition partition, PartitionReader reader, long nextOffset) {
        this.partition = partition;
        this.reader = reader;
        this.nextOffset = nextOffset;
    }

    TopicPartition partition() {
        return partition;
    }

    PartitionReader reader() {
        return reader;
    }

    /** The offset to read next; any thread. */
    long nextOffset() {
        return nextOffset;
    }

    /** Continues elsewhere; what was put before does not count for a commit any more. */
    void seek(long offset) {
        nextOffset = offset;
        handedOver = null;
    }

    /** Everything below this offset was put, dropped or left out. */
    void onHandedOver(long offset) {
        nextOffset = offset;
        handedOver = offset;
    }

    /** Returns the offset to flush up to, or null if nothing was handed over since the last commit. */
    @Nullable
    Long uncommitted() {
        return handedOver;
    }

    /** An offset was committed; what lies beyond it stays to be committed. */
    void onCommitted(long offset) {
        Long last = handedOver;
        if (last != null && offset >= last) {
            handedOver = null;
        }
    }

    void setPaused(boolean paused) {
        this.paused = paused;
    }

    boolean hasMore() {
        return !paused && nextOffset < reader.endOffset();
    }
}
