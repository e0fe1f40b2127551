package dev.sluice.runtime.control;

import dev.sluice.api.plugin.PluginKind;
import java.util.List;
import java.util.Map;

/**
 * A connector as others see it.
 *
 * @param name its name
 * @param kind source or sink
 * @param config its settings as given
 * @param status what the connector itself does
 * @param tasks its tasks by index
 */
public record ConnectorView(
        String name, PluginKind kind, Map<String, String> config, StatusView status, List<TaskView> tasks) {}
