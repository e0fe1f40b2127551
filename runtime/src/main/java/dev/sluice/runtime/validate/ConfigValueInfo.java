package dev.sluice.runtime.validate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Kafka Connect's ConfigValueInfo: what was found out about the value of a setting.
 *
 * @param name the setting
 * @param value text of its value or default, secrets hidden, variables unresolved; null without either
 * @param recommendedValues texts to propose
 * @param errors what is wrong, each with its fix
 * @param visible whether a form shows it
 */
public record ConfigValueInfo(
        String name, @Nullable String value, List<String> recommendedValues, List<String> errors, boolean visible) {
    /** Copies the lists in. */
    public ConfigValueInfo {
        recommendedValues = List.copyOf(recommendedValues);
        errors = List.copyOf(errors);
    }
}
