package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.config.Config;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.connector.jdbc.connection.Connections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes over the offsets that a user sets: into the table of the database where they are kept there. */
public final class OffsetChanges {
    private OffsetChanges() {}

    /**
     * Checks offsets and, with exactly-once delivery, stores them.
     *
     * @param connector the connector's name, by which the table knows its lines
     * @throws ConnectorException if an offset is none, or the table cannot be written
     */
    public static void apply(Config settings, String connector, Map<TopicPartition, @Nullable Long> offsets) {
        offsets.forEach((partition, offset) -> {
            if (offset != null && offset < 0) {
                throw new ConnectorException("Cannot alter the offset of " + partition + " to " + offset
                        + ": it must be at least 0. Give the offset of the next record to write, or null to reset it.");
            }
        });
        SinkConfig config = SinkConfig.of(settings);
        if (config.isExactlyOnce()) {
            store(config, connector, offsets);
        }
    }

    private static void store(SinkConfig config, String connector, Map<TopicPartition, @Nullable Long> offsets) {
        OffsetTable table =
                new OffsetTable(config.offsetsTable(), config.dialect().writes(), connector, -1, Long.MAX_VALUE);
        try (Connections connections =
                        Connections.of(config.connection(), config.dialect()::kindOf, 1, "jdbc-sink-offsets");
                Connection connection = connections.open()) {
            table.create(connection);
            connection.setAutoCommit(false);
            for (Map.Entry<TopicPartition, @Nullable Long> each : offsets.entrySet()) {
                table.set(connection, each.getKey(), each.getValue());
            }
            connection.commit();
        } catch (SQLException failed) {
            throw config.dialect()
                    .kindOf(failed)
                    .exception("Cannot write offsets to table " + config.offsetsTable(), failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new RetriableException(
                    "Cannot write offsets to table " + config.offsetsTable() + ": interrupted.", ended);
        }
    }
}
