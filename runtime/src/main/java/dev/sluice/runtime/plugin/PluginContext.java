package dev.sluice.runtime.plugin;

/**
 * Lends a class loader to the current thread as its context class loader, for the time of a call into a plugin.
 *
 * <pre>{@code
 * PluginContext context = loaded.enter();
 * try (context) {
 *     task.poll();
 * }
 * }</pre>
 *
 * <p>Costs one small object and two field writes. Must be closed by the thread that entered; contexts may be nested.
 */
public final class PluginContext implements AutoCloseable {
    private final Thread thread;
    private final ClassLoader previous;

    private PluginContext(Thread thread, ClassLoader previous) {
        this.thread = thread;
        this.previous = previous;
    }

    /** Sets the context class loader of the current thread until the returned context is closed. */
    public static PluginContext enter(ClassLoader loader) {
        Thread thread = Thread.currentThread();
        PluginContext context = new PluginContext(thread, thread.getContextClassLoader());
        thread.setContextClassLoader(loader);
        return context;
    }

    /** Gives the thread back the context class loader that it had. */
    @Override
    public void close() {
        thread.setContextClassLoader(previous);
    }
}
