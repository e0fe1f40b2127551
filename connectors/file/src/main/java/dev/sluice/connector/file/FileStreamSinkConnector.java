package dev.sluice.connector.file;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.ConfigValidation;
import dev.sluice.api.connector.SinkConnector;
import dev.sluice.api.connector.SinkConnectorContext;
import dev.sluice.api.connector.SinkTask;
import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.TopicPartition;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes topics to a file, one line per record: one file, one task. */
public final class FileStreamSinkConnector implements SinkConnector {
    private @Nullable Config config;

    /** Creates a connector that is not started. */
    public FileStreamSinkConnector() {}

    @Override
    public ConfigSpec configSpec() {
        return FileSinkConfig.SPEC;
    }

    @Override
    public ConfigValidation validate(Map<String, String> settings, ValidationProbe probe) {
        ConfigValidation validation = configSpec().validate(new HashMap<>(settings));
        String file = settings.get(FileSinkConfig.FILE.name());
        if (file == null || validation.errorCount() > 0) {
            return validation;
        }
        try {
            SinkPlace.requireWritable(Path.of(file));
            return validation;
        } catch (ConnectorException refused) {
            String reason = String.valueOf(refused.getMessage());
            return validation.withProblems(List.of(ConfigProblem.error(FileSinkConfig.FILE.name(), reason, null)));
        }
    }

    @Override
    public void start(SinkConnectorContext context, Config settings) {
        String file = FileSinkConfig.of(settings).file();
        if (file != null) {
            SinkPlace.requireWritable(Path.of(file));
        }
        config = settings;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int tasksMax) {
        Config started = config;
        if (started == null) {
            throw new IllegalStateException("taskConfigs must follow start, but this connector was not started.");
        }
        return List.of(started.originals());
    }

    @Override
    public SinkTask createTask() {
        return new FileStreamSinkTask();
    }

    @Override
    public boolean alterOffsets(Map<String, String> settings, Map<TopicPartition, @Nullable Long> offsets) {
        offsets.forEach((partition, offset) -> {
            if (offset != null && offset < 0) {
                throw new ConnectorException("Cannot alter the offset of " + partition + " to " + offset
                        + ": it must be at least 0. Give the offset of the next record to write, or null to reset it.");
            }
        });
        // Offsets live in the consumer group alone: the file does not remember which records it holds.
        return true;
    }

    @Override
    public void stop() {
        config = null;
    }
}
