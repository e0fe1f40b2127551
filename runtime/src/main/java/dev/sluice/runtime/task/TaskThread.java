package dev.sluice.runtime.task;

import dev.sluice.api.error.ConnectorException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connector or task on a thread of its own: start, steps, finish, close.
 *
 * <pre>
 *   new ──start()──► starting ──► running ── stop ──► finish ──► close ──► ended
 *                        │           │                          ▲
 *                        └─ failure ─┴──────────────────────────┘
 * </pre>
 *
 * <p>Commands are posted and fall between steps; so does being suspended, which lets the thread idle until it is resumed. A stop also interrupts a {@code poll}, which may wait; other calls are
 * interrupted by the watchdog only. A thread that was abandoned stores nothing more when it comes back.
 */
public final class TaskThread {
    private static final Logger LOG = LoggerFactory.getLogger(TaskThread.class);

    private static final Duration PAUSE_LOOK = Duration.ofSeconds(30);

    private final TaskId id;
    private final TaskListener listener;
    private final PluginCalls calls;
    private final Mailbox mailbox = new Mailbox();
    private final TaskSteps steps;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean suspended;
    private volatile boolean abandoned;
    private volatile long stepNanos;
    /** Until when it waits on purpose; in the past where it does not. */
    private volatile long pauseUntilNanos;

    private TaskThread(
            TaskId id, TaskListener listener, PluginCalls calls, Function<TaskThread, ? extends TaskSteps> steps) {
        this.id = id;
        this.listener = listener;
        this.calls = calls;
        this.stepNanos = calls.nanoTime();
        this.pauseUntilNanos = stepNanos;
        this.steps = steps.apply(this);
        this.thread = TaskThreads.newThread(name(id), this::run);
    }

    /** Makes and starts a thread; {@code steps} gets it to learn its mailbox. */
    static TaskThread start(
            TaskId id,
            TaskListener listener,
            PluginCalls calls,
            Watchdog watchdog,
            Function<TaskThread, ? extends TaskSteps> steps) {
        TaskThread task = new TaskThread(id, listener, calls, steps);
        task.thread.start();
        watchdog.watch(task);
        return task;
    }

    /** Returns which connector or task this is. */
    public TaskId id() {
        return id;
    }

    /** Asks it to stop after the current step; returns at once. */
    public void stop() {
        stopping = true;
        calls.requestStop();
        mailbox.wake();
    }

    /** Lets it idle after the current step, still answering for what it has; returns at once. */
    public void suspend() {
        suspended = true;
        mailbox.wake();
    }

    /** Lets it go on after it was suspended; returns at once. */
    public void resume() {
        suspended = false;
        mailbox.wake();
    }

    /** Gives it up: it is interrupted, and whatever it does when it comes back has no effect any more. */
    public void abandon() {
        abandoned = true;
        stopping = true;
        calls.abandon();
        thread.interrupt();
    }

    /** Waits for its end, at most as long as given; returns whether it ended. */
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        thread.join(Math.max(limit.toMillis(), 1));
        return !thread.isAlive();
    }

    /** Returns what its thread does now; any thread. */
    public TaskActivity activity() {
        boolean isAlive = thread.isAlive(); // Asked first: a thread that ends meanwhile looks alive, not ended.
        PluginCalls.Call call = calls.current();
        long now = calls.nanoTime();
        return new TaskActivity(
                thread.getName(),
                isAlive,
                call == null ? null : call.stage(),
                call == null ? 0 : now - call.startNanos(),
                now - stepNanos,
                Math.max(pauseUntilNanos - now, 0));
    }

    Mailbox mailbox() {
        return mailbox;
    }

    PluginCalls calls() {
        return calls;
    }

    TaskListener listener() {
        return listener;
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    boolean isStopping() {
        return stopping;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /**
     * Waits as long as given, whatever wakes it up meanwhile, and longer where it is suspended meanwhile; throws as soon as it
     * shall stop. For the thread itself.
     */
    void pause(Duration duration) throws InterruptedException {
        long until = calls.nanoTime() + duration.toNanos();
        long left = duration.toNanos();
        while (left > 0 && !stopping) {
            mailbox.await(Duration.ofNanos(left));
            if (suspended && !stopping) {
                awaitResume();
            }
            left = until - calls.nanoTime();
        }
        if (stopping) {
            throw new InterruptedException("stopped during a pause");
        }
    }

    void requireNotAbandoned() throws InterruptedException {
        if (abandoned) {
            throw new InterruptedException("abandoned");
        }
    }

    private static String name(TaskId id) {
        return id.isConnector() ? "connector-" + id.connector() : "task-" + id;
    }

    private void run() {
        try {
            @Nullable Failure failure = work();
            if (failure != null && !abandoned) { // Nobody waits for one that was given up; that was told already.
                reportSafely(failure);
            }
            closeQuietly();
        } finally {
            listener.onEnded();
        }
    }

    private @Nullable Failure work() {
        try {
            steps.start();
            requireNotAbandoned();
            listener.onRunning();
            repeat();
            requireNotAbandoned();
            steps.finish();
            return null;
        } catch (InterruptedException interrupted) {
            return stopping ? null : unexpectedInterrupt(interrupted);
        } catch (TaskFailedException failed) {
            return failed.failure();
        } catch (Throwable unexpected) { // A fault of ours, or no memory: this task fails, never the worker.
            return Failure.of(calls.lastStage(), calls.plugin(), unexpected);
        }
    }

    private void repeat() throws Exception {
        while (!stopping) {
            stepNanos = calls.nanoTime();
            mailbox.run();
            if (suspended) {
                idle();
            } else {
                stepOnce();
            }
        }
    }

    /** Settles what is under way, then waits to be resumed or stopped. */
    private void idle() throws Exception {
        steps.suspend();
        awaitResume();
    }

    private void awaitResume() throws InterruptedException {
        listener.onPaused();
        while (suspended && !stopping) {
            mailbox.await(PAUSE_LOOK);
        }
        if (!stopping) {
            steps.resume();
            listener.onResumed();
        }
    }

    /** An interrupt that belongs to a stop ends the loop; finishing is still due. */
    private void stepOnce() throws Exception {
        try {
            steps.step();
        } catch (InterruptedException interrupted) {
            if (!stopping) {
                throw interrupted;
            }
        }
    }

    private Failure unexpectedInterrupt(InterruptedException interrupted) {
        return Failure.of(
                calls.lastStage(),
                calls.plugin(),
                new ConnectorException(
                        "Cannot go on: the thread was interrupted from outside, though nobody asked it to stop. Look at"
                                + " which plugin interrupts threads that are not its own.",
                        interrupted));
    }

    /** A failure that cannot even be described, such as one whose message fails, must not leave a task that looks well. */
    private void reportSafely(Failure failure) {
        try {
            report(failure);
        } catch (Throwable second) {
            listener.onFailed(Failure.of(
                    failure.stage(),
                    failure.plugin(),
                    new ConnectorException("Cannot tell why it failed: describing the "
                            + failure.cause().getClass().getName() + " failed with "
                            + second.getClass().getName() + ". Look at the log.")));
        }
    }

    private void report(Failure failure) {
        LOG.atError()
                .setCause(failure.cause())
                .addKeyValue("connector", id.connector())
                .addKeyValue("task", id.index())
                .addKeyValue("stage", failure.stage())
                .log(failure.sentence(id));
        listener.onFailed(failure);
    }

    private void closeQuietly() {
        Thread.interrupted();
        try {
            steps.close();
        } catch (Throwable unexpected) { // The task has ended already; its stop must not take the worker along.
            LOG.atWarn()
                    .setCause(unexpected)
                    .addKeyValue("connector", id.connector())
                    .addKeyValue("task", id.index())
                    .log("a plugin failed while it was stopped");
        }
    }
}
