package dev.sluice.benchmark;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.connector.SinkConnector;
import dev.sluice.api.connector.SinkConnectorContext;
import dev.sluice.api.connector.SinkTask;
import dev.sluice.api.connector.SinkTaskContext;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Takes records and drops them, in as many tasks as allowed, for {@code worker.sh rest}, which compiles this file alone into a
 * plugin. Tasks can be told to hang in their start, as those do whose server does not answer.
 */
public final class ManyTasksSink implements SinkConnector {
    private static final ConfigKey<Boolean> HANGS =
            ConfigKey.bool("hangs").defaultsTo(false).doc("Whether the start of a task never comes back.");

    private static final ConfigSpec SPEC = ConfigSpec.of(HANGS);

    private Map<String, String> settings = Map.of();

    /** Creates a connector that is not started. */
    public ManyTasksSink() {}

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void start(SinkConnectorContext context, Config config) {
        settings = config.originals();
    }

    @Override
    public List<Map<String, String>> taskConfigs(int tasksMax) {
        return Collections.nCopies(tasksMax, settings);
    }

    @Override
    public SinkTask createTask() {
        return new Task();
    }

    @Override
    public void stop() {}

    private static final class Task implements SinkTask {
        @Override
        public void start(SinkTaskContext context, Config config) {
            if (config.get(HANGS)) {
                hang();
            }
        }

        private static void hang() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException givenUp) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void put(List<SinkRecord> records) {}

        @Override
        public Map<TopicPartition, Long> flush(Map<TopicPartition, Long> offsets) {
            return offsets;
        }

        @Override
        public void stop() {}
    }
}
