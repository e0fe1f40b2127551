package dev.sluice.connector.file;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.ConfigValidation;
import dev.sluice.api.connector.ExactlyOnceSupport;
import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.connector.SourceConnectorContext;
import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.api.error.ConnectorException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a file into a topic: one file, one task. */
public final class FileStreamSourceConnector implements SourceConnector {
    private @Nullable Config config;

    /** Creates a connector that is not started. */
    public FileStreamSourceConnector() {}

    @Override
    public ConfigSpec configSpec() {
        return FileSourceConfig.SPEC;
    }

    @Override
    public ConfigValidation validate(Map<String, String> settings, ValidationProbe probe) {
        ConfigValidation validation = configSpec().validate(new HashMap<>(settings));
        String file = settings.get(FileSourceConfig.FILE.name());
        if (file == null || validation.errorCount() > 0) {
            return validation;
        }
        List<ConfigProblem> problems = new ArrayList<>();
        try {
            TailedFile.requireReadable(Path.of(file));
        } catch (ConnectorException unreadable) {
            problems.add(ConfigProblem.error(FileSourceConfig.FILE.name(), message(unreadable), null));
        }
        return validation.withProblems(problems);
    }

    private static String message(ConnectorException failure) {
        return String.valueOf(failure.getMessage());
    }

    @Override
    public void start(SourceConnectorContext context, Config settings) {
        String file = FileSourceConfig.of(settings).file();
        if (file != null) {
            TailedFile.requireReadable(Path.of(file));
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
    public SourceTask createTask() {
        return new FileStreamSourceTask();
    }

    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Config settings) {
        return settings.find(FileSourceConfig.FILE).isPresent()
                ? ExactlyOnceSupport.SUPPORTED
                : ExactlyOnceSupport.UNSUPPORTED;
    }

    @Override
    public boolean alterOffsets(
            Map<String, String> settings,
            Map<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> offsets) {
        if (settings.get(FileSourceConfig.FILE.name()) == null) {
            throw new ConnectorException("Cannot alter offsets: this connector reads standard input, which has none."
                    + " Set file to read a file.");
        }
        offsets.forEach((partition, offset) -> {
            if (!(partition.get("filename") instanceof String)) {
                throw new ConnectorException("Cannot alter the offset of partition " + partition
                        + ": it must name a file. Write it as {\"filename\": \"<path>\"}.");
            }
            if (offset != null) {
                FileOffset.requireUsable(offset);
            }
        });
        return true;
    }

    @Override
    public void stop() {
        config = null;
    }
}
