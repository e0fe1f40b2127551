package dev.sluice.runtime.cli.kafka;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.BrokerException;
import dev.sluice.runtime.config.PropertiesFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a broker that stands alone: those of a file, if there is one, and what the command line puts in their place.
 *
 * @param config as the broker reads them
 * @param warnings lines of the file that probably do not mean what they say
 */
record BrokerFile(BrokerConfig config, List<ConfigProblem> warnings) {
    /** Where data goes when nobody says so: the folder that a worker takes too. Kafka would take one under /tmp. */
    private static final String DATA_DIR = "data";

    static BrokerFile read(@Nullable Path file, List<String> overrides) {
        PropertiesFile read = file == null
                ? new PropertiesFile(Path.of(""), Map.of(), List.of())
                : PropertiesFile.read(file, "broker file");
        Map<String, String> settings = new LinkedHashMap<>(read.settings());
        overrides.forEach(override -> put(override, settings));
        if (!settings.containsKey("log.dirs") && !settings.containsKey("log.dir")) {
            settings.put("log.dirs", DATA_DIR);
        }
        try {
            return new BrokerFile(BrokerConfig.of(settings), read.warnings());
        } catch (BrokerException.BadConfig wrong) {
            throw new ConfigException(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static void put(String override, Map<String, String> settings) {
        int split = override.indexOf('=');
        if (split < 1) {
            throw new ConfigException("Cannot use --override " + override
                    + ": it must be a key and a value, such as --override num.partitions=3.");
        }
        settings.put(
                override.substring(0, split).strip(),
                override.substring(split + 1).strip());
    }
}
