package dev.sluice.runtime.task;

import dev.sluice.api.config.Config;
import dev.sluice.api.connector.Connector;
import dev.sluice.runtime.plugin.LoadedPlugin;

/**
 * The plugin objects of one run of a task.
 *
 * @param connector a connector of the class, not started, that makes the task
 * @param config the task's settings, checked against the connector's task spec
 * @param plugins transformations and converters
 * @param <C> source or sink connector
 */
public record TaskParts<C extends Connector>(LoadedPlugin<C> connector, Config config, TaskPlugins plugins) {}
