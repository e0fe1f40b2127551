package dev.sluice.runtime.task;

import dev.sluice.api.connector.ErrantRecordReporter;
import dev.sluice.api.connector.SinkTaskContext;
import dev.sluice.api.record.TopicPartition;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a sink task may ask of the runtime. Task thread. */
final class SinkContext extends BasicTaskContext implements SinkTaskContext {
    private final SinkPartitions partitions;
    private boolean isCommitRequested;
    private Optional<Duration> retryAfter = Optional.empty();

    SinkContext(TaskJob<?> job, TaskCounters counters, ErrantRecordReporter reporter, SinkPartitions partitions) {
        super(job, counters, reporter);
        this.partitions = partitions;
    }

    @Override
    public Set<TopicPartition> assignment() {
        return partitions.assignment();
    }

    @Override
    public void seek(Map<TopicPartition, Long> offsets) {
        partitions.seek(offsets);
    }

    @Override
    public void pause(Collection<TopicPartition> paused) {
        partitions.setPaused(paused, true);
    }

    @Override
    public void resume(Collection<TopicPartition> resumed) {
        partitions.setPaused(resumed, false);
    }

    @Override
    public void retryAfter(Duration pause) {
        retryAfter = Optional.of(pause);
    }

    /** Returns the pause that the task wants before the next try, once. */
    Optional<Duration> takeRetryAfter() {
        Optional<Duration> wanted = retryAfter;
        retryAfter = Optional.empty();
        return wanted;
    }

    @Override
    public void requestCommit() {
        isCommitRequested = true;
    }

    boolean isCommitRequested() {
        return isCommitRequested;
    }

    void onCommit() {
        isCommitRequested = false;
    }
}
