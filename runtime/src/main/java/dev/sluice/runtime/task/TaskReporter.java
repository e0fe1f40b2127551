package dev.sluice.runtime.task;

import dev.sluice.api.connector.ErrantRecordReporter;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.ConnectRecord;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Takes the records that a task reports. On the task's thread at once; from other threads of a plugin by the task's mailbox,
 * and the task does not commit before these are settled.
 */
abstract class TaskReporter implements ErrantRecordReporter {
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Thread owner;
    private final Mailbox mailbox;
    private final Queue<CompletableFuture<Void>> posted = new ConcurrentLinkedQueue<>();

    /** For the task's thread, which owns the reporter. */
    TaskReporter(Mailbox mailbox) {
        this.owner = Thread.currentThread();
        this.mailbox = mailbox;
    }

    /**
     * Takes a record on the task's thread.
     *
     * @throws ConnectorException if the settings do not tolerate the failure
     */
    abstract CompletableFuture<Void> take(ConnectRecord<?> record, Throwable failure);

    @Override
    public final CompletableFuture<Void> report(ConnectRecord<?> record, Throwable failure) {
        if (Thread.currentThread() == owner) {
            return take(record, failure).copy();
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        posted.add(done);
        mailbox.post(() -> forward(record, failure, done));
        return done.copy();
    }

    private void forward(ConnectRecord<?> record, Throwable failure, CompletableFuture<Void> done) {
        try {
            var unused = take(record, failure).whenComplete((taken, problem) -> {
                if (problem == null) {
                    done.complete(null);
                } else {
                    done.completeExceptionally(problem);
                }
            });
        } catch (RuntimeException intolerable) {
            done.completeExceptionally(intolerable);
        }
    }

    /**
     * Waits until what other threads reported is settled.
     *
     * @return false if that did not come in time
     * @throws TaskFailedException if one of these may not be left out, or could not become a dead letter
     */
    final boolean awaitPosted(TaskThread thread, Duration limit) throws TaskFailedException, InterruptedException {
        long until = thread.calls().nanoTime() + limit.toNanos();
        for (CompletableFuture<Void> next = posted.peek(); next != null; next = posted.peek()) {
            while (!next.isDone() && thread.calls().nanoTime() < until) {
                mailbox.await(LOOK);
            }
            if (!next.isDone()) {
                return false;
            }
            requireGood(next, thread.calls().plugin());
            posted.remove();
        }
        return true;
    }

    private static void requireGood(CompletableFuture<Void> done, String plugin) throws TaskFailedException {
        try {
            done.join();
        } catch (CompletionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new TaskFailedException(Failure.of(Stage.TASK_PUT, plugin, cause));
        }
    }

    static ConnectorException intolerable(Throwable failure) {
        return new ConnectorException(String.valueOf(failure.getMessage()), failure);
    }
}
