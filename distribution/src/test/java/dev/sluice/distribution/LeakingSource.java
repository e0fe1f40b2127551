package dev.sluice.distribution;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.connector.SourceConnectorContext;
import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.connector.SourceTaskContext;
import dev.sluice.api.record.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A plugin of a user's own that keeps all memory it can get. */
public final class LeakingSource implements SourceConnector {
    private static final int CHUNK = 1 << 20;
    private static final int LARGE = 16 * CHUNK;
    private static final ConfigKey<String> TOPIC = ConfigKey.string("topic").doc("Where records would go.");
    private static final ConfigSpec SPEC = ConfigSpec.of(TOPIC);

    private Map<String, String> settings = Map.of();

    /** Made by the worker. */
    public LeakingSource() {}

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void start(SourceConnectorContext context, Config config) {
        settings = config.originals();
    }

    @Override
    public List<Map<String, String>> taskConfigs(int tasksMax) {
        return List.of(settings);
    }

    @Override
    public SourceTask createTask() {
        return new LeakingTask();
    }

    @Override
    public void stop() {
        // Nothing was opened.
    }

    private static final class LeakingTask implements SourceTask {
        private final List<byte[]> leaked = new ArrayList<>();
        private long leakedBytes;

        @Override
        public void start(SourceTaskContext context, Config config) {
            // All happens in poll.
        }

        @Override
        public List<SourceRecord> poll() {
            // Fast at first, and to the last megabyte.
            long leftBytes = Runtime.getRuntime().maxMemory() - leakedBytes;
            int size = leftBytes > 8L * LARGE ? LARGE : CHUNK;
            leaked.add(new byte[size]);
            leakedBytes += size;
            return List.of();
        }

        @Override
        public void stop() {
            // What was leaked goes with the task.
        }
    }
}
