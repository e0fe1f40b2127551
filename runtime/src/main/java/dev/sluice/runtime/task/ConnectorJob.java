package dev.sluice.runtime.task;

import dev.sluice.api.connector.Connector;
import dev.sluice.runtime.plugin.LoadedPlugin;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * What a connector thread is told to run.
 *
 * @param id which connector
 * @param pluginClass its class, for failures
 * @param connector makes the connector; called once, on its own thread
 * @param settings its settings as given
 * @param tasksMax how many tasks it may ask for
 * @param onTaskConfigs hears which tasks should run, after the start and whenever that changes; must return at once
 */
public record ConnectorJob(
        TaskId id,
        String pluginClass,
        Callable<LoadedPlugin<Connector>> connector,
        Map<String, String> settings,
        int tasksMax,
        Consumer<List<Map<String, String>>> onTaskConfigs) {}
