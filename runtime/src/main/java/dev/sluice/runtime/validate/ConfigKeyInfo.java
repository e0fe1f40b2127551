package dev.sluice.runtime.validate;

import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Kafka Connect's ConfigKeyInfo: the definition of a setting.
 *
 * @param name the setting
 * @param type family of its values, such as {@code INT}
 * @param required whether it must be given
 * @param defaultValue text of its default, or null
 * @param importance {@code HIGH}, {@code MEDIUM} or {@code LOW}
 * @param documentation what it is for
 * @param group heading, or null
 * @param orderInGroup place under the heading; -1 for none
 * @param width width of a form's field
 * @param displayName what a form calls it
 * @param dependents settings whose proposals depend on it
 */
public record ConfigKeyInfo(
        String name,
        String type,
        boolean required,
        @Nullable String defaultValue,
        String importance,
        String documentation,
        @Nullable String group,
        int orderInGroup,
        String width,
        String displayName,
        List<String> dependents) {
    /** Copies the list in. */
    public ConfigKeyInfo {
        dependents = List.copyOf(dependents);
    }

    /** Returns the same with another place under the heading. */
    ConfigKeyInfo withOrder(int order) {
        return new ConfigKeyInfo(
                name,
                type,
                required,
                defaultValue,
                importance,
                documentation,
                group,
                order,
                width,
                displayName,
                dependents);
    }

    /** Returns the same with another default. */
    ConfigKeyInfo withDefault(@Nullable String value) {
        return new ConfigKeyInfo(
                name,
                type,
                required,
                value,
                importance,
                documentation,
                group,
                orderInGroup,
                width,
                displayName,
                dependents);
    }

    /** Describes a setting of a spec. */
    static ConfigKeyInfo of(ConfigKey<?> key, ConfigSpec spec) {
        return new ConfigKeyInfo(
                key.name(),
                key.type().kind().name(),
                key.isRequired(),
                key.defaultText().orElse(null),
                key.importance().name().toUpperCase(Locale.ROOT),
                key.doc(),
                key.group().orElse(null),
                spec.orderInGroup(key),
                key.width().name(),
                key.displayName(),
                key.dependents());
    }
}
