package dev.sluice.api.connector;

/**
 * Does a connector's work, on one thread that is its own. All calls, {@link #stop} included, come from that thread, so a
 * task needs no locks.
 */
public sealed interface Task permits SourceTask, SinkTask {
    /**
     * Ends the task: closes connections, ends its own threads. The last call, also after a failed start or a failed call;
     * so it must cope with a task that is half started.
     */
    void stop();
}
