package dev.sluice.runtime.flow;

import dev.sluice.runtime.config.ConnectorConfig;

/**
 * What a sink reads.
 *
 * @param group its consumer group
 * @param settings name its topics
 */
public record SinkReads(String group, ConnectorConfig settings) {}
