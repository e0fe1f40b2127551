package dev.sluice.api.connector;

import dev.sluice.api.config.Config;
import dev.sluice.api.record.TopicPartition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connector whose tasks write topics to the outside. */
public non-sealed interface SinkConnector extends Connector {
    /**
     * Starts the connector; once, before {@link #taskConfigs}. Work that takes long belongs to threads of its own.
     *
     * @param config the settings, checked against {@link #configSpec()}
     */
    void start(SinkConnectorContext context, Config config);

    /** Returns a new task that was not started; may be called on a connector that was not started. */
    SinkTask createTask();

    /**
     * Checks and takes notice of offsets that a user wants to set or reset, before they are stored.
     *
     * @param settings the connector's settings
     * @param offsets the next offset to read per partition; null resets the partition
     * @return true if the new offsets will be used, false if the connector keeps its position elsewhere
     * @throws dev.sluice.api.error.ConnectorException saying which partition or offset is wrong, and what is expected
     */
    default boolean alterOffsets(Map<String, String> settings, Map<TopicPartition, @Nullable Long> offsets) {
        return false;
    }
}
