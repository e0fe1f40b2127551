package dev.sluice.runtime.task;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * Makes the threads of connectors and tasks: virtual where the JVM has them, platform threads otherwise.
 *
 * <p>The choice is made in this file alone. The source level is 17, so virtual threads (21 and later) are asked for by
 * name. They are used from 24 on: before, a plugin that blocks inside {@code synchronized} would hold its carrier thread.
 * A plugin that spins holds one even so, and the JVM has as many as processors; the launcher therefore asks for more
 * ({@code jdk.virtualThreadScheduler.parallelism}). Log, event loop and watchdog threads are platform threads throughout,
 * so REST and status answer whatever plugins do.
 */
final class TaskThreads {
    private static final int FIRST_VERSION_WITHOUT_PINNING = 24;
    private static final Optional<ThreadFactory> VIRTUAL = virtualThreads();

    private TaskThreads() {}

    /** Returns a daemon thread that was not started. */
    static Thread newThread(String name, Runnable work) {
        Thread thread = VIRTUAL.map(factory -> factory.newThread(work)).orElseGet(() -> platformThread(work));
        thread.setName(name);
        return thread;
    }

    private static Thread platformThread(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }

    private static Optional<ThreadFactory> virtualThreads() {
        if (Runtime.version().feature() < FIRST_VERSION_WITHOUT_PINNING) {
            return Optional.empty();
        }
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            return Optional.of((ThreadFactory) type.getMethod("factory").invoke(builder));
        } catch (NoSuchMethodException
                | IllegalAccessException
                | InvocationTargetException
                | ClassNotFoundException e) {
            throw new IllegalStateException("a JVM from 24 on should have virtual threads", e);
        }
    }
}
