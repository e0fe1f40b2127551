package dev.sluice.api.connector;

import dev.sluice.api.plugin.PluginMetrics;

/** What a running connector may ask of the runtime; its methods may be called from any thread and return at once. */
public interface ConnectorContext {
    /** Returns the connector's name. */
    String connectorName();

    /** Asks for {@link Connector#taskConfigs} to be called again soon, because what there is to do has changed. */
    void requestTaskReconfiguration();

    /** Reports a failure from a thread of the connector's own; the connector then counts as failed. */
    void raiseError(Exception failure);

    /** Returns where the connector may publish metrics. */
    PluginMetrics metrics();
}
