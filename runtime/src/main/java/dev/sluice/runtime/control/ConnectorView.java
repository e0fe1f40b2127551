package dev.sluice.runtime.control;

import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.flow.Flow;
import dev.sluice.runtime.store.StoredTarget;
import java.util.List;
import java.util.Map;

/**
 * A connector as others see it.
 *
 * @param name its name
 * @param kind source or sink
 * @param config its settings as given: variables unresolved, secrets in clear
 * @param target what it is wanted to do
 * @param status what the connector itself does
 * @param flow what moves, and what does not: the worst of its tasks and itself
 * @param tasks its tasks by index
 */
public record ConnectorView(
        String name,
        PluginKind kind,
        Map<String, String> config,
        StoredTarget target,
        StatusView status,
        Flow flow,
        List<TaskView> tasks) {}
