package dev.sluice.connector.elasticsearch;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.ConfigValidation;
import dev.sluice.api.connector.ExactlyOnceSupport;
import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.connector.SourceConnectorContext;
import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.connector.elasticsearch.source.OffsetCheck;
import dev.sluice.connector.elasticsearch.source.Share;
import dev.sluice.connector.elasticsearch.source.SourceKeys;
import dev.sluice.connector.elasticsearch.source.SourceProbe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads indices, aliases and data streams of Elasticsearch or OpenSearch into topics, and follows what is written later. */
public final class ElasticsearchSourceConnector implements SourceConnector {
    private static final ConfigSpec TASK_SPEC = SourceKeys.SPEC.plus(Share.SPEC);

    private @Nullable Config started;

    /** Creates a connector that is not started. */
    public ElasticsearchSourceConnector() {}

    @Override
    public ConfigSpec configSpec() {
        return SourceKeys.SPEC;
    }

    @Override
    public ConfigSpec taskConfigSpec() {
        return TASK_SPEC;
    }

    @Override
    public ConfigValidation validate(Map<String, String> settings, ValidationProbe probe) {
        ConfigValidation validation = configSpec().openPrefix("").validate(new HashMap<>(settings));
        if (!probe.mayConnect() || validation.errorCount() > 0) {
            return validation;
        }
        return validation.withProblems(SourceProbe.problems(SourceKeys.SPEC.parse(new HashMap<>(settings)), probe));
    }

    @Override
    public void start(SourceConnectorContext context, Config config) {
        started = config;
    }

    /** As many as allowed: which shards there are is each task's to look, and new ones find their task without a restart. */
    @Override
    public List<Map<String, String>> taskConfigs(int tasksMax) {
        if (started == null) {
            throw new IllegalStateException("taskConfigs must follow start, but this connector was not started.");
        }
        return Share.divide(started.originals(), tasksMax);
    }

    @Override
    public SourceTask createTask() {
        return new ElasticsearchSourceTask();
    }

    /** Every record has a position of its own, from which its shard goes on. */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Config config) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    @Override
    public boolean alterOffsets(
            Map<String, String> settings,
            Map<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> offsets) {
        offsets.forEach(OffsetCheck::check);
        return true;
    }

    @Override
    public void stop() {
        started = null;
    }
}
