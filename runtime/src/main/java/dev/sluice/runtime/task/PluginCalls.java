package dev.sluice.runtime.task;

import dev.sluice.api.error.RetriableException;
import dev.sluice.runtime.plugin.PluginContext;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Marks when a task thread is inside a plugin, for the watchdog, and lends it the plugin's class loader meanwhile.
 *
 * <p>Interrupts belong to one call: they are given under a lock, only while that call lasts, and what is left of them is
 * taken back at its end. So an interrupt that was meant for a hanging call never hits the runtime's own waits, nor the
 * next call. Called by the task thread, once per batch; {@link #current()} and the interrupts may come from any.
 */
final class PluginCalls {
    /** Why a call was interrupted. */
    private enum Interruption {
        NONE,
        STOP,
        BUDGET
    }

    /** A call that has not come back yet. */
    static final class Call {
        private final Stage stage;
        private final long startNanos;
        private final Thread thread = Thread.currentThread();
        private Interruption interruption = Interruption.NONE;

        private Call(Stage stage, long startNanos) {
            this.stage = stage;
            this.startNanos = startNanos;
        }

        Stage stage() {
            return stage;
        }

        long startNanos() {
            return startNanos;
        }
    }

    private final String plugin;
    private final LongSupplier nanoClock;
    private final StageTimes times;
    /** Guards the hand-over of interrupts; held for a few instructions, never during a call. */
    private final Object interrupts = new Object();

    private ClassLoader loader = PluginCalls.class.getClassLoader();
    private Stage lastStage = Stage.START;
    private boolean isStopRequested;
    private long lastNanos;
    private volatile @Nullable Call current;

    /** Serves calls to the plugin of that name, and measures them for nobody. */
    PluginCalls(String plugin, LongSupplier nanoClock) {
        this(plugin, nanoClock, new StageTimes());
    }

    /** Serves calls to the plugin of that name; adds each to the times. */
    PluginCalls(String plugin, LongSupplier nanoClock, StageTimes times) {
        this.plugin = plugin;
        this.nanoClock = nanoClock;
        this.times = times;
    }

    /** From now on calls are made under this class loader; for the task thread, once it has loaded the plugin. */
    void enterFromNowOn(ClassLoader pluginLoader) {
        loader = pluginLoader;
    }

    /**
     * Runs a plugin call.
     *
     * @throws RetriableException as the plugin threw it, for the caller to try again
     * @throws InterruptedException if the call ended because the task is to stop
     * @throws TaskFailedException for everything else that the plugin threw, errors of the JVM included
     */
    <T> T call(Stage stage, Callable<T> call) throws TaskFailedException, InterruptedException {
        begin(stage);
        PluginContext context = PluginContext.enter(loader);
        try {
            return call.call();
        } catch (RetriableException | TaskFailedException known) {
            throw known;
        } catch (Throwable failure) { // An Error of a plugin fails its task, never the worker.
            throw translated(stage, failure);
        } finally {
            context.close();
            end();
        }
    }

    /** Runs a plugin call without a result. */
    void run(Stage stage, Action call) throws TaskFailedException, InterruptedException {
        Boolean unused = call(stage, () -> {
            call.run();
            return Boolean.TRUE;
        });
    }

    /** Leaves the call for a wait of the runtime's own, which no budget measures; for the task thread, inside a call. */
    void outside(Wait wait) throws InterruptedException {
        Stage stage = lastStage;
        end();
        try {
            wait.run();
        } finally {
            synchronized (interrupts) {
                current = new Call(stage, nanoClock.getAsLong());
            }
        }
    }

    private void begin(Stage stage) throws InterruptedException {
        synchronized (interrupts) {
            if (isStopRequested && stage == Stage.TASK_POLL) {
                throw new InterruptedException("stopped before the next poll");
            }
            lastStage = stage;
            current = new Call(stage, nanoClock.getAsLong());
        }
    }

    private void end() {
        Call ended;
        synchronized (interrupts) {
            ended = current;
            current = null;
            Thread.interrupted();
        }
        if (ended != null) {
            lastNanos = nanoClock.getAsLong() - ended.startNanos;
            times.of(ended.stage).record(lastNanos);
        }
    }

    /** Many plugins turn an interrupt into an exception of their own, so the reason counts, not the type. */
    private InterruptedException translated(Stage stage, Throwable failure) throws TaskFailedException {
        Interruption interruption;
        boolean isStopping;
        synchronized (interrupts) {
            Call call = current;
            interruption = call == null ? Interruption.NONE : call.interruption;
            isStopping = isStopRequested;
        }
        boolean isAsked = interruption == Interruption.STOP && failure instanceof Exception;
        if (isAsked || (isStopping && failure instanceof InterruptedException)) {
            return (InterruptedException)
                    new InterruptedException("stopped during " + stage.words()).initCause(failure);
        }
        if (interruption == Interruption.BUDGET && failure instanceof Exception) {
            throw new TaskFailedException(Failure.of(
                    stage,
                    plugin,
                    new SlowCallException(
                            "Cannot go on: the plugin call " + stage.words() + " took more than twice"
                                    + " task.call.timeout.ms, was interrupted, and failed with "
                                    + failure.getClass().getName() + ". Look at what it waits for.",
                            failure)));
        }
        throw new TaskFailedException(Failure.of(stage, plugin, failure));
    }

    /** From now on no poll begins, and one under way is interrupted, for it may wait; any thread. */
    void requestStop() {
        synchronized (interrupts) {
            isStopRequested = true;
            Call call = current;
            if (call != null && call.stage == Stage.TASK_POLL) {
                interrupt(call, Interruption.STOP);
            }
        }
    }

    /** As {@link #requestStop}, and interrupts whatever call is under way; any thread. */
    void abandon() {
        synchronized (interrupts) {
            isStopRequested = true;
            Call call = current;
            if (call != null) {
                interrupt(call, Interruption.STOP);
            }
        }
    }

    /** Interrupts this call if it still lasts, because it took too long; any thread. */
    void interruptSlow(Call call) {
        synchronized (interrupts) {
            if (isSame(current, call)) {
                interrupt(call, Interruption.BUDGET);
            }
        }
    }

    /** Two calls of one stage at one time are still two calls. */
    @SuppressWarnings("ReferenceEquality") // A call is the one object, not what it says.
    static boolean isSame(@Nullable Call one, @Nullable Call other) {
        return one == other;
    }

    private static void interrupt(Call call, Interruption interruption) {
        if (call.interruption != Interruption.STOP) {
            call.interruption = interruption;
        }
        call.thread.interrupt();
    }

    /** Returns the name of the plugin, for failures. */
    String plugin() {
        return plugin;
    }

    /** Returns where the last call was made, for failures beside a call; task thread only. */
    Stage lastStage() {
        return lastStage;
    }

    /** Returns how long the last call took, or what of it lies behind its last wait; task thread only. */
    long lastNanos() {
        return lastNanos;
    }

    /** Returns the time of the clock that measures calls. */
    long nanoTime() {
        return nanoClock.getAsLong();
    }

    /** Returns the call that the thread is in, or null. */
    @Nullable
    Call current() {
        return current;
    }

    /** A call without a result. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    /** A wait that a stop ends. */
    @FunctionalInterface
    interface Wait {
        void run() throws InterruptedException;
    }
}
