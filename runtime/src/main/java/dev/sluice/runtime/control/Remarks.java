package dev.sluice.runtime.control;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigProblem.Severity;
import dev.sluice.runtime.validate.Validation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is remarkable about the settings of connectors, such as names that nobody knows, for log and status. Settings that were
 * stored before this worker started are looked at when somebody asks first. Any thread; nothing waits.
 */
final class Remarks {
    private static final Logger LOG = LoggerFactory.getLogger(Remarks.class);

    private final Validation check;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    Remarks(Validation check) {
        this.check = check;
    }

    private record Known(Map<String, String> config, List<ConfigProblem> warnings) {}

    /** Takes what a check before storing found, and logs it. */
    void put(String name, Map<String, String> config, List<ConfigProblem> warnings) {
        known.put(name, new Known(config, warnings));
        for (ConfigProblem warning : warnings) {
            (warning.severity() == Severity.WARNING ? LOG.atWarn() : LOG.atInfo())
                    .addKeyValue("connector", name)
                    .log(warning.text());
        }
    }

    /** Returns what is remarkable about the settings; empty as long as nobody has looked. */
    List<ConfigProblem> of(String name, Map<String, String> config) {
        Known last = known.get(name);
        if (last != null && last.config.equals(config)) {
            return last.warnings;
        }
        known.put(name, new Known(config, List.of()));
        CompletableFuture<Void> unused = check.check(config)
                .thenAccept(checked -> known.computeIfPresent(
                        name,
                        (same, asked) -> asked.config.equals(config) ? new Known(config, checked.warnings()) : asked));
        return List.of();
    }

    void forget(String name) {
        known.remove(name);
    }
}
