package dev.sluice.runtime.task;

import dev.sluice.api.connector.Connector;
import dev.sluice.runtime.config.ConnectorConfig;
import java.util.concurrent.Callable;

/**
 * What a task thread is told to run.
 *
 * @param id which task
 * @param epoch greater than that of every earlier run of the task
 * @param pluginClass the connector's class, for failures
 * @param settings the framework's settings of the connector
 * @param parts makes the plugin objects; called once, on the task's own thread, for plugins may be slow or hang
 * @param taskCount how many tasks the connector has
 * @param <C> source or sink connector
 */
public record TaskJob<C extends Connector>(
        TaskId id,
        long epoch,
        String pluginClass,
        ConnectorConfig settings,
        Callable<TaskParts<C>> parts,
        int taskCount) {}
