package dev.sluice.distribution;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.connector.SourceConnectorContext;
import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.connector.SourceTaskContext;
import dev.sluice.api.record.SourceRecord;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A plugin of a user's own that hangs for ever in one of its calls, and takes no notice of interrupts. */
public final class HangingSource implements SourceConnector {
    private static final ConfigKey<String> HANGS_IN =
            ConfigKey.string("hangs.in").doc("The call that never returns.");
    private static final ConfigKey<String> TOPIC = ConfigKey.string("topic").doc("Where records would go.");
    private static final ConfigSpec SPEC = ConfigSpec.of(HANGS_IN, TOPIC);

    private Map<String, String> settings = Map.of();

    /** Made by the worker. */
    public HangingSource() {}

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void start(SourceConnectorContext context, Config config) {
        settings = config.originals();
        hangIn("connector start", config);
    }

    @Override
    public List<Map<String, String>> taskConfigs(int tasksMax) {
        return List.of(settings);
    }

    @Override
    public SourceTask createTask() {
        return new HangingTask();
    }

    @Override
    public void stop() {
        // Nothing was opened.
    }

    private static void hangIn(String call, Config config) {
        if (config.get(HANGS_IN).equals(call)) {
            for (boolean isInterrupted = false; ; isInterrupted |= Thread.interrupted()) {
                LockSupport.parkNanos(isInterrupted ? 1_000_000 : 1_000_000_000);
            }
        }
    }

    private static final class HangingTask implements SourceTask {
        private Config config = SPEC.parse(Map.of("hangs.in", "nothing", "topic", "none"));

        @Override
        public void start(SourceTaskContext context, Config given) {
            config = given;
            hangIn("task start", config);
        }

        @Override
        public List<SourceRecord> poll() {
            hangIn("poll", config);
            return List.of();
        }

        @Override
        public void stop() {
            hangIn("task stop", config);
        }
    }
}
