package dev.sluice.api.connector;

import dev.sluice.api.config.Config;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connector whose tasks read from outside into topics. */
public non-sealed interface SourceConnector extends Connector {
    /**
     * Starts the connector; once, before {@link #taskConfigs}. Work that takes long belongs to threads of its own.
     *
     * @param config the settings, checked against {@link #configSpec()}
     */
    void start(SourceConnectorContext context, Config config);

    /** Returns a new task that was not started; may be called on a connector that was not started. */
    SourceTask createTask();

    /** Says whether tasks with these settings can deliver each record exactly once. */
    default ExactlyOnceSupport exactlyOnceSupport(Config config) {
        return ExactlyOnceSupport.UNKNOWN;
    }

    /** Says whether tasks with these settings can define transaction boundaries of their own. */
    default boolean canDefineTransactionBoundaries(Config config) {
        return false;
    }

    /**
     * Checks and takes notice of offsets that a user wants to set or reset, before they are stored.
     *
     * @param settings the connector's settings
     * @param offsets the new offset per source partition; null resets the partition
     * @return true if the new offsets will be used, false if the connector keeps its position elsewhere
     * @throws dev.sluice.api.error.ConnectorException saying which partition or offset is wrong, and what is expected
     */
    default boolean alterOffsets(
            Map<String, String> settings,
            Map<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> offsets) {
        return false;
    }
}
