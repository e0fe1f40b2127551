package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.connector.SourceConnectorContext;
import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.connector.SourceTaskContext;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.connector.jdbc.connection.ConnectionConfig;
import dev.sluice.connector.jdbc.type.TimestampGranularity;
import dev.sluice.connector.jdbc.type.TypeRules;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A connector that has only what this package does, so that it is tested without the rest. */
final class CdcOnly implements SourceConnector {
    private static final ConfigKey<Pattern> TABLES =
            ConfigKey.regex("tables").defaultsTo(Pattern.compile("public\\..*")).doc("Tables.");
    private static final ConfigKey<String> PREFIX =
            ConfigKey.string("topic.prefix").defaultsTo("").doc("Prefix.");

    @Override
    public ConfigSpec configSpec() {
        return ConnectionConfig.SPEC.plus(CdcConfig.SPEC).plus(TABLES, PREFIX);
    }

    static CdcScope scope(Config config) {
        TypeRules rules = new TypeRules(
                TypeRules.DEFAULT.numeric(),
                TimestampGranularity.CONNECT_MICROS,
                TypeRules.DEFAULT.zone(),
                TypeRules.DEFAULT.calendar());
        Pattern tables = config.get(TABLES);
        return new CdcScope(
                ConnectionConfig.of(config),
                rules,
                id -> tables.matcher(id.toString()).matches(),
                id -> config.get(PREFIX) + id,
                config.get(PREFIX));
    }

    @Override
    public SourceTask createTask() {
        return new SourceTask() {
            private @Nullable CdcTask task;

            @Override
            public void start(SourceTaskContext context, Config config) {
                task = new CdcTask(CdcConfig.of(config), scope(config));
                task.start(context, config);
            }

            @Override
            public List<SourceRecord> poll() throws InterruptedException {
                return Objects.requireNonNull(task).poll();
            }

            @Override
            public void commit(List<SourcePosition> stored) {
                Objects.requireNonNull(task).commit(stored);
            }

            @Override
            public void stop() {
                if (task != null) {
                    task.stop();
                }
            }
        };
    }

    @Override
    public void start(SourceConnectorContext context, Config config) {
        throw new UnsupportedOperationException("only tasks are tested");
    }

    @Override
    public List<Map<String, String>> taskConfigs(int tasksMax) {
        throw new UnsupportedOperationException("only tasks are tested");
    }

    @Override
    public void stop() {
        throw new UnsupportedOperationException("only tasks are tested");
    }
}
