package dev.sluice.runtime.task;

/** What a task thread does, in steps, so that commands fall between them. All calls come from that thread. */
interface TaskSteps {
    /** Makes and starts the plugin. */
    void start() throws Exception;

    /** Does one bounded piece of work, or waits a bounded time on the mailbox. */
    void step() throws Exception;

    /** Brings what is done into the stores as far as that goes at once, because no step follows for a while. */
    default void suspend() throws Exception {}

    /** Steps follow again after it was suspended. */
    default void resume() {}

    /** Waits, bounded, for what is under way and stores what is done; after the last step of a run without failure. */
    void finish() throws Exception;

    /** Stops the plugin; always the last call, also after a failed start. */
    void close() throws Exception;
}
