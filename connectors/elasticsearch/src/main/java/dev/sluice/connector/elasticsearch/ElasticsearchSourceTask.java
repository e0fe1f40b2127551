package dev.sluice.connector.elasticsearch;

import dev.sluice.api.config.Config;
import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.connector.SourceTaskContext;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.connector.elasticsearch.source.ShardSourceTask;
import java.util.List;

/** Reads documents into topics. */
public final class ElasticsearchSourceTask implements SourceTask {
    private final ShardSourceTask work = new ShardSourceTask();

    /** Creates a task that is not started. */
    public ElasticsearchSourceTask() {}

    @Override
    public void start(SourceTaskContext context, Config config) {
        work.start(context, config);
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        return work.poll();
    }

    @Override
    public void stop() {
        work.stop();
    }
}
