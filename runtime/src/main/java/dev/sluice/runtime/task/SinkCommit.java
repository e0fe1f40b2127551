package dev.sluice.runtime.task;

import dev.sluice.api.connector.SinkTask;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.TopicPartition;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flushes a sink task and commits its offsets. What cannot be done now is tried again at the next commit, for a bounded
 * time. Task thread.
 */
final class SinkCommit {
    private static final Logger LOG = LoggerFactory.getLogger(SinkCommit.class);

    private final TaskThread thread;
    private final PluginCalls calls;
    private final TaskCounters counters;
    private final SinkPartitions partitions;
    private final Acknowledgements letters;
    private final Duration retryTimeout;
    private final SinkContext context;
    private final SinkTask task;
    private long lastCommit;
    private int failedFlushes;
    private long firstFailedFlush;

    /** Waits until no dead letter is under way. */
    @FunctionalInterface
    interface Acknowledgements {
        /** Returns false if one still is after a bounded time. */
        boolean await() throws TaskFailedException, InterruptedException;
    }

    SinkCommit(
            TaskThread thread,
            TaskCounters counters,
            SinkPartitions partitions,
            Acknowledgements letters,
            Duration retryTimeout,
            SinkContext context,
            SinkTask task) {
        this.thread = thread;
        this.calls = thread.calls();
        this.counters = counters;
        this.partitions = partitions;
        this.letters = letters;
        this.retryTimeout = retryTimeout;
        this.context = context;
        this.task = task;
        this.lastCommit = calls.nanoTime();
    }

    /** Returns whether the task asked for a commit, or the last one lies that far back. */
    boolean isDue(Duration interval) {
        return context.isCommitRequested() || isOver(lastCommit, interval);
    }

    /** Flushes and commits (invariant 2). */
    void commit() throws TaskFailedException, InterruptedException {
        lastCommit = calls.nanoTime();
        Map<TopicPartition, Long> done = partitions.uncommitted();
        if (done.isEmpty()) {
            context.onCommit();
            return;
        }
        partitions.beginCall();
        counters.commits().onBegin();
        Map<TopicPartition, Long> safe;
        try {
            safe = calls.call(Stage.TASK_FLUSH, () -> notNull(task.flush(done)));
        } catch (RetriableException later) {
            counters.commits().onFailed();
            onFlushRefused(later);
            return;
        } finally {
            context.onCommit(); // Of no use from inside flush: what it leaves open is flushed again anyway.
        }
        failedFlushes = 0;
        thread.requireNotAbandoned();
        // Invariant 2: only what flush returned, and only once the dead letters below are in the log.
        if (letters.await() && partitions.commit(safe, done)) {
            counters.commits().onDone(calls.nanoTime() - lastCommit);
        } else {
            counters.commits().onSkipped();
            warnOfSlowCommit();
        }
    }

    private void onFlushRefused(RetriableException later) throws TaskFailedException {
        if (failedFlushes++ == 0) {
            firstFailedFlush = calls.nanoTime();
        }
        counters.errors().onFailure();
        if (isOver(firstFailedFlush, retryTimeout)) {
            throw new TaskFailedException(new Failure(Stage.TASK_FLUSH, calls.plugin(), later, null, failedFlushes));
        }
        counters.errors().onRetry();
        LOG.atWarn()
                .addKeyValue("connector", thread.id().connector())
                .addKeyValue("task", thread.id().index())
                .log("flushes again later: {}", later.getMessage());
    }

    /** Warns that an offset commit has to be made again. */
    void warnOfSlowCommit() {
        LOG.atWarn()
                .addKeyValue("connector", thread.id().connector())
                .addKeyValue("task", thread.id().index())
                .log("an offset commit was not answered in time and is made again with the next one");
    }

    private static Map<TopicPartition, Long> notNull(@Nullable Map<TopicPartition, Long> safe) {
        if (safe == null) {
            throw new ConnectorException(
                    "Cannot use what flush returned: it is null, expected were the offsets that may be"
                            + " committed. Correct the plugin.");
        }
        return safe;
    }

    private boolean isOver(long sinceNanos, Duration interval) {
        return calls.nanoTime() - sinceNanos >= interval.toNanos();
    }
}
