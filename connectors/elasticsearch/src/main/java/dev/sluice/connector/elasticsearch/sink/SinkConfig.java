package dev.sluice.connector.elasticsearch.sink;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Width;
import dev.sluice.connector.elasticsearch.bulk.BulkConfig;
import dev.sluice.connector.elasticsearch.client.ClusterConfig;
import dev.sluice.connector.elasticsearch.document.DocumentConfig;

/**
 * The settings of the sink, read once.
 *
 * @param cluster how the cluster is reached
 * @param documents what records become
 * @param bulk how that is sent
 * @param isFlushSynchronous whether a flush waits for all that was put
 */
public record SinkConfig(ClusterConfig cluster, DocumentConfig documents, BulkConfig bulk, boolean isFlushSynchronous) {
    private static final ConfigKey<Boolean> FLUSH_SYNCHRONOUSLY = ConfigKey.bool("flush.synchronously")
            .defaultsTo(false)
            .doc(
                    "Whether a commit of offsets waits until the cluster has taken all that was read. Otherwise it commits what the"
                            + " cluster has taken by then, which is as safe, and faster.")
            .importance(Importance.LOW)
            .group("Bulk requests")
            .width(Width.SHORT);

    /** All settings. */
    public static final ConfigSpec SPEC =
            ClusterConfig.SPEC.plus(DocumentConfig.SPEC).plus(BulkConfig.SPEC).plus(FLUSH_SYNCHRONOUSLY);

    /** Reads settings that were checked. */
    public static SinkConfig of(Config config) {
        return new SinkConfig(
                ClusterConfig.of(config),
                DocumentConfig.of(config),
                BulkConfig.of(config),
                config.get(FLUSH_SYNCHRONOUSLY));
    }
}
