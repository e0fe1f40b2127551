package dev.sluice.api.connector;

import dev.sluice.api.record.TopicPartition;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** What a running sink task may ask of the runtime, from its own thread. */
public interface SinkTaskContext extends TaskContext {
    /** Returns the partitions that the task reads now. */
    Set<TopicPartition> assignment();

    /**
     * Continues reading at other offsets after the current call returns: for a sink that keeps its offsets in the target.
     * Works from {@code open} on, for assigned partitions only.
     *
     * @param offsets the next offset to read, by partition
     */
    void seek(Map<TopicPartition, Long> offsets);

    /** Delivers no more records of these partitions until {@link #resume}. */
    void pause(Collection<TopicPartition> partitions);

    /** Delivers records of these partitions again. */
    void resume(Collection<TopicPartition> partitions);

    /** Chooses the pause before the next try after a {@code RetriableException}; for one try. */
    void retryAfter(Duration pause);

    /** Asks for {@code flush} and an offset commit soon instead of after the usual interval. */
    void requestCommit();
}
