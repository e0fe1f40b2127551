package dev.sluice.runtime.config;

import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;

/** The list of the settings of a worker that are about its log. */
final class LogKeys {
    static final ConfigKey<LogFormat> FORMAT = ConfigKey.enumeration("log.format", LogFormat.class)
            .defaultsTo(LogFormat.TEXT)
            .doc(
                    "How lines of the log are written, in the file and on the console: text for people, or one JSON object a"
                            + " line. The environment's SLUICE_LOG_FORMAT wins over it.")
            .group("Log")
            .importance(Importance.LOW);

    static final ConfigSpec SPEC = ConfigSpec.of(FORMAT);

    private LogKeys() {}
}
