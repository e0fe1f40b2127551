package dev.sluice.connector.jdbc;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.ConfigValidation;
import dev.sluice.api.connector.SinkConnector;
import dev.sluice.api.connector.SinkConnectorContext;
import dev.sluice.api.connector.SinkTask;
import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.connector.jdbc.connection.ConnectionConfig;
import dev.sluice.connector.jdbc.sink.OffsetChanges;
import dev.sluice.connector.jdbc.sink.SinkConfig;
import dev.sluice.connector.jdbc.sink.SinkProbe;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes topics into tables of a relational database. */
public final class JdbcSinkConnector implements SinkConnector {
    private @Nullable Config config;

    /** Creates a connector that is not started. */
    public JdbcSinkConnector() {}

    @Override
    public ConfigSpec configSpec() {
        return SinkConfig.SPEC;
    }

    @Override
    public ConfigValidation validate(Map<String, String> settings, ValidationProbe probe) {
        ConfigValidation validation = configSpec()
                .openPrefix("")
                .validate(new HashMap<>(settings))
                .withProblems(ConnectionConfig.driverProblems(settings));
        if (!probe.mayConnect() || validation.errorCount() > 0) {
            return validation;
        }
        return validation.withProblems(SinkProbe.problems(SinkConfig.SPEC.parse(new HashMap<>(settings)), probe));
    }

    @Override
    public void start(SinkConnectorContext context, Config settings) {
        config = settings;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int tasksMax) {
        Config started = config;
        if (started == null) {
            throw new IllegalStateException("taskConfigs must follow start, but this connector was not started.");
        }
        return Collections.nCopies(tasksMax, started.originals());
    }

    @Override
    public SinkTask createTask() {
        return new JdbcSinkTask();
    }

    /** With exactly-once delivery, the offsets that count are in the database, under the name that the settings have. */
    @Override
    public boolean alterOffsets(Map<String, String> settings, Map<TopicPartition, @Nullable Long> offsets) {
        OffsetChanges.apply(
                SinkConfig.SPEC.parse(new HashMap<>(settings)), settings.getOrDefault("name", "connector"), offsets);
        return true;
    }

    @Override
    public void stop() {
        config = null;
    }
}
