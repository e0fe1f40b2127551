package dev.sluice.runtime.control;

import dev.sluice.runtime.store.ConfigStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out the plan's commands in order, on a thread of its own that may wait for the log. It calls no plugin. */
final class CommandThread {
    private static final Logger LOG = LoggerFactory.getLogger(CommandThread.class);

    private final ConfigStore configs;
    private final StatusPublisher statuses;
    private final Runs runs;
    private final Duration shutdownTimeout;
    private final Clock clock;
    private final Consumer<Event> events;
    private final ScheduledExecutorService thread;
    private volatile boolean isClosing;

    /**
     * Starts the thread.
     *
     * @param events takes what happens to the planner; returns at once
     */
    CommandThread(
            ConfigStore configs,
            StatusPublisher statuses,
            Runs runs,
            Duration shutdownTimeout,
            Clock clock,
            Consumer<Event> events) {
        this.configs = configs;
        this.statuses = statuses;
        this.runs = runs;
        this.shutdownTimeout = shutdownTimeout;
        this.clock = clock;
        this.events = events;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "herder");
            made.setDaemon(true);
            return made;
        });
    }

    /** Queues a command; any thread, returns at once. */
    void execute(Command command) {
        try {
            thread.execute(() -> carryOut(command));
        } catch (RejectedExecutionException closed) {
            LOG.atDebug().log("a command after the end: {}", command);
        }
    }

    /** Runs something that needs the thread; nothing after the end. */
    void run(Runnable work) {
        try {
            thread.execute(() -> {
                if (!isClosing) {
                    work.run();
                }
            });
        } catch (RejectedExecutionException closed) {
            LOG.atDebug().log("work after the end");
        }
    }

    /** Runs a write, which may wait for the log to take it, and completes when the write has. */
    <T> CompletableFuture<T> write(Supplier<CompletableFuture<T>> write) {
        return CompletableFuture.completedFuture(null).thenComposeAsync(ready -> write.get(), thread);
    }

    /** Runs something that may block for a while; completes with what it returns or throws. */
    <T> CompletableFuture<T> call(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, thread);
    }

    private void carryOut(Command command) {
        if (isClosing) {
            return;
        }
        try {
            dispatch(command);
        } catch (RuntimeException failed) { // The log refuses writes: the view stays true, only the topic falls behind.
            LOG.atError()
                    .setCause(failed)
                    .log("cannot carry out {}", command.getClass().getSimpleName());
        }
    }

    private void dispatch(Command command) {
        if (command instanceof Command.StartConnector start) {
            runs.startConnector(start.name(), start.run(), start.connector());
        } else if (command instanceof Command.StartTasks start) {
            startTasks(start);
        } else if (command instanceof Command.StartTask start) {
            runs.startTask(start);
        } else if (command instanceof Command.Stop stop) {
            List<Runs.Run> asked = runs.stop(stop.units());
            later(() -> giveUp(asked), shutdownTimeout.toMillis());
        } else if (command instanceof Command.Pause pause) {
            runs.suspend(pause.units());
        } else if (command instanceof Command.Resume resume) {
            runs.resume(resume.units());
        } else if (command instanceof Command.RestartAt restart) {
            Event due = new Event.RestartDue(restart.id(), restart.run());
            later(() -> events.accept(due), Math.max(restart.atMillis() - clock.millis(), 0));
        } else if (command instanceof Command.Publish publish) {
            statuses.publish(publish.id(), publish.unit());
        } else if (command instanceof Command.ForgetTasks forget) {
            runs.forgetTasks(forget.name());
            configs.removeTasks(forget.name()).join();
            statuses.forgetTasksFrom(forget.name(), 0);
        } else if (command instanceof Command.Forget forget) {
            runs.forget(forget.name());
            statuses.forget(forget.name());
        }
    }

    private void later(Runnable work, long delayMillis) {
        ScheduledFuture<?> unused = thread.schedule(work, delayMillis, TimeUnit.MILLISECONDS);
    }

    private void startTasks(Command.StartTasks start) {
        try {
            configs.putTasks(start.name(), start.tasks()).join();
            statuses.forgetTasksFrom(start.name(), start.tasks().size());
        } catch (CompletionException refused) {
            RuntimeException cause = refused.getCause() instanceof RuntimeException known ? known : refused;
            runs.failTasks(start, cause);
            return;
        }
        runs.startTasks(start);
    }

    private void giveUp(List<Runs.Run> asked) {
        try {
            runs.giveUp(asked);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops all connectors and tasks, bounded by the shutdown time, then the thread; blocks. Nothing is started afterwards. */
    void close() {
        isClosing = true;
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(this::stopAll, thread);
        try {
            stopped.join();
        } finally {
            thread.shutdownNow();
        }
    }

    private void stopAll() {
        try {
            runs.stopAll(shutdownTimeout);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
