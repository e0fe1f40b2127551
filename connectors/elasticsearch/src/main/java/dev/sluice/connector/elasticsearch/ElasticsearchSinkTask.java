package dev.sluice.connector.elasticsearch;

import dev.sluice.api.config.Config;
import dev.sluice.api.connector.RenderedWrite;
import dev.sluice.api.connector.RendersWrites;
import dev.sluice.api.connector.SinkTask;
import dev.sluice.api.connector.SinkTaskContext;
import dev.sluice.api.data.Encoded;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.connector.elasticsearch.sink.SinkSession;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes records as documents, by bulk requests in the background. */
public final class ElasticsearchSinkTask implements SinkTask, RendersWrites {
    private @Nullable SinkSession session;

    /** Creates a task that is not started. */
    public ElasticsearchSinkTask() {}

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

    /** JSON goes into a request as it is. */
    @Override
    public Set<String> undecodedMediaTypes() {
        return Set.of(Encoded.JSON);
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
        return started().flush(offsets);
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
