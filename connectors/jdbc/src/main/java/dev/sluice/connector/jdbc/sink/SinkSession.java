package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.config.Config;
import dev.sluice.api.connector.RenderedWrite;
import dev.sluice.api.connector.SinkTaskContext;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.connector.jdbc.connection.Connections;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a started sink task works with: its connection, its plans, its place. Belongs to the task's thread. */
public final class SinkSession {
    private final SinkTaskContext context;
    private final SinkConfig config;
    private final Connections connections;
    private final TargetWriter writer;
    private final @Nullable OffsetTable offsets;
    private int retries;

    private SinkSession(
            SinkTaskContext context, SinkConfig config, Connections connections, @Nullable OffsetTable offsets) {
        this.context = context;
        this.config = config;
        this.connections = connections;
        this.offsets = offsets;
        this.writer = new TargetWriter(config, connections, offsets);
    }

    /** Starts a session; connects when there is something to do. */
    public static SinkSession start(SinkTaskContext context, Config settings) {
        SinkConfig config = SinkConfig.of(settings);
        String name = context.connectorName() + "-" + context.taskIndex();
        Connections connections = Connections.of(config.connection(), config.dialect()::kindOf, 1, "jdbc-sink-" + name);
        OffsetTable offsets = config.isExactlyOnce()
                ? new OffsetTable(
                        config.offsetsTable(),
                        config.dialect().writes(),
                        context.connectorName(),
                        context.taskIndex(),
                        context.taskEpoch())
                : null;
        return new SinkSession(context, config, connections, offsets);
    }

    /** Takes partitions over; with exactly-once delivery, goes on where the database says. */
    public void open(Collection<TopicPartition> partitions) {
        OffsetTable kept = offsets;
        if (kept == null) {
            return;
        }
        Map<TopicPartition, Long> places = interruptibly(() -> {
            try (Connection connection = connections.open()) {
                kept.create(connection);
                return kept.open(connection, partitions);
            } catch (SQLException failed) {
                throw config.dialect()
                        .kindOf(failed)
                        .exception("Cannot read offsets from table " + config.offsetsTable(), failed);
            }
        });
        context.seek(places);
    }

    /** Writes records in one transaction. */
    public void put(List<SinkRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        try {
            boolean unused = interruptibly(() -> {
                writer.write(records, new Errants(context.errantRecords()));
                return true;
            });
            retries = 0;
        } catch (RetriableException again) {
            throw retried(again);
        }
    }

    private ConnectorException retried(RetriableException again) {
        Integer max = config.retriesMax();
        if (max != null && retries++ >= max) {
            retries = 0;
            return new ConnectorException(
                    again.getMessage() + " It was tried again max.retries times (" + max + ").", again);
        }
        Duration pause = config.retryPause();
        return pause == null ? again : RetriableException.after(pause, String.valueOf(again.getMessage()), again);
    }

    /** Returns what {@link #put} would send. */
    public List<RenderedWrite> render(List<SinkRecord> records) {
        return interruptibly(() -> writer.render(records));
    }

    /** Lets partitions go. */
    public void close(Collection<TopicPartition> partitions) {
        OffsetTable kept = offsets;
        if (kept != null) {
            kept.close(partitions);
        }
    }

    /** Closes the connection. */
    public void stop() {
        connections.close();
    }

    /** Work that an interruption ends. */
    private interface Interruptible<T> {
        T run() throws InterruptedException;
    }

    private static <T> T interruptibly(Interruptible<T> work) {
        try {
            return work.run();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new RetriableException(
                    "Cannot go on: the task was interrupted while it waited for a connection.", ended);
        }
    }
}
