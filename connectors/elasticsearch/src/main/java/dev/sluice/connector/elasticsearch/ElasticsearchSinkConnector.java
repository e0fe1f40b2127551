package dev.sluice.connector.elasticsearch;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.ConfigValidation;
import dev.sluice.api.connector.SinkConnector;
import dev.sluice.api.connector.SinkConnectorContext;
import dev.sluice.api.connector.SinkTask;
import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.connector.elasticsearch.sink.SinkConfig;
import dev.sluice.connector.elasticsearch.sink.SinkProbe;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes topics into indices of Elasticsearch or OpenSearch. */
public final class ElasticsearchSinkConnector implements SinkConnector {
    private @Nullable Config config;

    /** Creates a connector that is not started. */
    public ElasticsearchSinkConnector() {}

    @Override
    public ConfigSpec configSpec() {
        return SinkConfig.SPEC;
    }

    @Override
    public ConfigValidation validate(Map<String, String> settings, ValidationProbe probe) {
        ConfigValidation validation = configSpec().openPrefix("").validate(new HashMap<>(settings));
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
        return new ElasticsearchSinkTask();
    }

    @Override
    public void stop() {
        config = null;
    }
}
