package dev.sluice.runtime.validate;

import dev.sluice.api.config.ConfigProblem;
import java.util.List;

/**
 * Kafka Connect's ConfigInfos, the answer to a validation, with warnings beside it.
 *
 * @param name the connector's class as it was given
 * @param errorCount how many errors there are in all
 * @param groups headings in order
 * @param configs the settings in order
 * @param warnings what is remarkable though the settings can be used, such as names that nobody knows
 */
public record ConfigInfos(
        String name, int errorCount, List<String> groups, List<ConfigInfo> configs, List<ConfigProblem> warnings) {
    /** Copies the lists in. */
    public ConfigInfos {
        groups = List.copyOf(groups);
        configs = List.copyOf(configs);
        warnings = List.copyOf(warnings);
    }
}
