package dev.sluice.runtime.task;

/**
 * Names a task, or a connector itself.
 *
 * @param connector the connector's name
 * @param index the task's index from 0, or {@link #CONNECTOR} for the connector itself
 */
public record TaskId(String connector, int index) {
    /** The index that stands for the connector itself. */
    public static final int CONNECTOR = -1;

    /** Returns the id of the connector itself. */
    public static TaskId connector(String name) {
        return new TaskId(name, CONNECTOR);
    }

    /** Returns whether this is the connector itself. */
    public boolean isConnector() {
        return index == CONNECTOR;
    }

    /** Returns {@code connector-index}, or {@code connector} for the connector itself. */
    @Override
    public String toString() {
        return isConnector() ? connector : connector + "-" + index;
    }
}
