package dev.sluice.connector.jdbc;

import dev.sluice.api.config.Config;
import dev.sluice.api.connector.RenderedWrite;
import dev.sluice.api.connector.RendersWrites;
import dev.sluice.api.connector.SinkTask;
import dev.sluice.api.connector.SinkTaskContext;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.connector.jdbc.sink.SinkSession;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes records into tables; each batch in one transaction. */
public final class JdbcSinkTask implements SinkTask, RendersWrites {
    private @Nullable SinkSession session;

    /** Creates a task that is not started. */
    public JdbcSinkTask() {}

    @Override
    public void start(SinkTaskContext context, Config config) {
        session = SinkSession.start(context, config);
    }

    private SinkSession started() {
        SinkSession now = session;
        if (now == null) {
            throw new IllegalStateException("This call must follow start, but the task was not started or is stopped.");
        }
        return now;
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        started().open(partitions);
    }

    @Override
    public void put(List<SinkRecord> records) {
        started().put(records);
    }

    @Override
    public List<RenderedWrite> render(List<SinkRecord> records) {
        return started().render(records);
    }

    @Override
    public Map<TopicPartition, Long> flush(Map<TopicPartition, Long> offsets) {
        return offsets;
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        started().close(partitions);
    }

    @Override
    public void stop() {
        SinkSession now = session;
        session = null;
        if (now != null) {
            now.stop();
        }
    }
}
