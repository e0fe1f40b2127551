package dev.sluice.broker.log;

import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.ManualClock;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Partitions without a catalog, with a clock that stands still and periodic work that runs when it is told to. */
final class TestingLogs implements AutoCloseable {
    private static final Uuid ID = Uuid.fromString("AAAAAAAAAAAAAAAAAAAAEQ");

    private final ManualClock clock = new ManualClock();
    private final LogDirectory directory;
    private final PartitionLogs logs;

    TestingLogs(Path path, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("log.dirs", path.toString());
        BrokerConfig config = BrokerConfig.of(all);
        directory = LogDirectory.lock(path, 1);
        logs = PartitionLogs.start(directory, config, new LogConfigs(config.topicDefaults()), clock);
        logs.beginWriting();
    }

    PartitionLog open(String topic, Map<String, String> settings) {
        return logs.open(new TopicPartition(topic, 0), ID, settings).join();
    }

    ManualClock clock() {
        return clock;
    }

    PartitionLogs logs() {
        return logs;
    }

    Upkeep upkeep() {
        return logs.upkeep();
    }

    Path path() {
        return directory.path();
    }

    /** Waits for something that another thread does; the time limit of the test is the limit. */
    static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        logs.close();
        directory.close();
    }
}
