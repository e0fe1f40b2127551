package dev.sluice.runtime.task;

import dev.sluice.api.error.RetriableException;
import dev.sluice.runtime.plugin.PluginContext;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Marks when a task thread is inside a plugin, for the watchdog, and lends it the plugin's class loader meanwhile.
 *
 * <p>Called by the task thread; {@link #current()} may be read by any. Cost per call: two volatile writes and one clock.
 */
final class PluginCalls {
    /** A call that has not come back yet. */
    record Call(Stage stage, long startNanos) {}

    private final String plugin;
    private final LongSupplier nanoClock;
    private ClassLoader loader = PluginCalls.class.getClassLoader();
    private volatile @Nullable Call current;

    /** Serves calls to the plugin of that name. */
    PluginCalls(String plugin, LongSupplier nanoClock) {
        this.plugin = plugin;
        this.nanoClock = nanoClock;
    }

    /** From now on calls are made under this class loader; for the task thread, once it has loaded the plugin. */
    void enterFromNowOn(ClassLoader pluginLoader) {
        loader = pluginLoader;
    }

    /**
     * Runs a plugin call.
     *
     * @throws RetriableException as the plugin threw it, for the caller to try again
     * @throws InterruptedException if the thread was interrupted inside the call
     * @throws TaskFailedException for everything else that the plugin threw, errors of the JVM included
     */
    <T> T call(Stage stage, Callable<T> call) throws TaskFailedException, InterruptedException {
        current = new Call(stage, nanoClock.getAsLong());
        PluginContext context = PluginContext.enter(loader);
        try {
            return call.call();
        } catch (RetriableException | InterruptedException | TaskFailedException known) {
            throw known;
        } catch (Throwable failure) { // An Error of a plugin fails its task, never the worker.
            throw new TaskFailedException(Failure.of(stage, plugin, failure));
        } finally {
            context.close();
            current = null;
        }
    }

    /** Runs a plugin call without a result. */
    void run(Stage stage, Action call) throws TaskFailedException, InterruptedException {
        call(stage, () -> {
            call.run();
            return Boolean.TRUE;
        });
    }

    /** Returns the name of the plugin, for failures. */
    String plugin() {
        return plugin;
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
}
