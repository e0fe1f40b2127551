package dev.sluice.runtime.task;

/**
 * Makes the threads of connectors and tasks. The choice of their kind is made in this file alone.
 *
 * <p>They are platform threads, on every JVM: they run the code of strangers, and one that spins or blocks in a native call
 * keeps its thread. A virtual thread would keep one of as few carriers as there are processors, and so every other task
 * of the worker; a platform thread shares the processors fairly. There are as many as tasks, so their memory is no
 * matter.
 */
final class TaskThreads {
    private TaskThreads() {}

    /** Returns a daemon thread that was not started. */
    static Thread newThread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
