package dev.sluice.runtime.task;

import dev.sluice.api.connector.SinkTask;
import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.runtime.config.ConnectorConfig;
import dev.sluice.runtime.config.Tolerance;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives batches to a sink task: again after retriable failures, and in parts where one record spoils the batch. Task thread.
 *
 * <p>A retriable failure lets the same records come again, for a bounded time and with growing pauses (invariant 6), before
 * any later one (invariant 5). It never makes a dead letter.
 */
final class SinkPut {
    private static final Logger LOG = LoggerFactory.getLogger(SinkPut.class);
    private static final Duration RETRY_FIRST = Duration.ofMillis(100);
    private static final Duration RETRY_MAX = Duration.ofSeconds(30);

    private final TaskThread thread;
    private final PluginCalls calls;
    private final TaskCounters counters;
    private final RecordErrors errors;
    private final Tolerance tolerance;
    private final Duration retryTimeout;
    private final SinkContext context;
    private final SinkTask task;

    SinkPut(
            TaskThread thread,
            TaskCounters counters,
            RecordErrors errors,
            ConnectorConfig settings,
            SinkContext context,
            SinkTask task) {
        this.thread = thread;
        this.calls = thread.calls();
        this.counters = counters;
        this.errors = errors;
        this.tolerance = settings.errors().tolerance();
        this.retryTimeout = settings.putRetryTimeout();
        this.context = context;
        this.task = task;
    }

    /**
     * Puts a batch. Returns what became of it: the same, or less of it with a reason to end, with the dead letters that it
     * gave rise to.
     */
    SinkBatch put(SinkBatch batch) throws InterruptedException {
        if (batch.records().isEmpty()) {
            return batch;
        }
        Failure failure = tryPut(List.copyOf(batch.records()));
        if (failure == null) {
            return batch;
        }
        if (!ErrorPolicy.isolates(failure, tolerance)) {
            return batch.cutBefore(0, new BatchEnd.Failed(failure, false));
        }
        return new SinkIsolation(this, batch, failure).run();
    }

    /** Returns null once the task has taken the records, or why it has not. */
    @Nullable
    Failure tryPut(List<SinkRecord> records) throws InterruptedException {
        Backoff backoff = new Backoff(RETRY_FIRST, RETRY_MAX);
        long started = calls.nanoTime();
        for (int attempt = 1; ; attempt++) {
            try {
                calls.run(Stage.TASK_PUT, () -> task.put(records));
                counters.onPut(calls.lastNanos());
                var unused = context.takeRetryAfter();
                thread.requireNotAbandoned();
                return null;
            } catch (RetriableException retriable) {
                counters.errors().onFailure();
                if (isOver(started)) {
                    String coordinates = records.get(0).origin().toString();
                    return new Failure(Stage.TASK_PUT, calls.plugin(), retriable, coordinates, attempt);
                }
                waitBeforeRetry(retriable, backoff, attempt);
            } catch (TaskFailedException failed) {
                counters.errors().onFailure();
                thread.requireNotAbandoned();
                return failed.failure().after(attempt);
            }
        }
    }

    /** Returns whether the time for tries that began then is over. */
    boolean isOver(long startedNanos) {
        return calls.nanoTime() - startedNanos >= retryTimeout.toNanos();
    }

    private void waitBeforeRetry(RetriableException retriable, Backoff backoff, int attempt)
            throws InterruptedException {
        Duration pause = context.takeRetryAfter().or(retriable::retryAfter).orElseGet(backoff::next);
        counters.errors().onRetry();
        counters.waitsForRetry(attempt, counters.nowMillis() + pause.toMillis());
        LOG.atWarn()
                .addKeyValue("connector", thread.id().connector())
                .addKeyValue("task", thread.id().index())
                .addKeyValue("durationMs", pause.toMillis())
                .log("puts a batch again after a pause: {}", retriable.getMessage());
        thread.pause(pause);
        counters.waitsFor(Waiting.NOTHING);
    }

    /** Returns whether the task shall stop soon. */
    boolean isStopping() {
        return thread.isStopping();
    }

    RecordErrors errors() {
        return errors;
    }

    Tolerance tolerance() {
        return tolerance;
    }

    long nanoTime() {
        return calls.nanoTime();
    }
}
