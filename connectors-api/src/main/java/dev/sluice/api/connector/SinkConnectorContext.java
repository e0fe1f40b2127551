package dev.sluice.api.connector;

/** What a running sink connector may ask of the runtime. */
public interface SinkConnectorContext extends ConnectorContext {}
