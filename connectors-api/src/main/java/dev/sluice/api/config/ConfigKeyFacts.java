package dev.sluice.api.config;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a {@link ConfigKey} knows. Its fields are set only inside {@link #with}, before the copy is
 * published through a final field; after that nobody writes them.
 */
final class ConfigKeyFacts<T> {

    String name;
    final ConfigType<T> type;
    boolean required = true;

    @Nullable
    T defaultValue;

    List<Check<? super T>> checks = List.of();
    String doc = "";
    Importance importance = Importance.MEDIUM;

    @Nullable
    String group;

    int orderInGroup = ConfigKey.NO_ORDER;
    Width width = Width.NONE;

    @Nullable
    String displayName;

    List<String> dependents = List.of();

    @Nullable
    Recommender recommender;

    List<String> aliases = List.of();

    @Nullable
    String deprecation;

    boolean internal;
    boolean extended;
    boolean secret;

    ConfigKeyFacts(String name, ConfigType<T> type) {
        this.name = name;
        this.type = type;
    }

    ConfigKeyFacts<T> with(Consumer<ConfigKeyFacts<T>> change) {
        ConfigKeyFacts<T> copy = new ConfigKeyFacts<>(name, type);
        copy.required = required;
        copy.defaultValue = defaultValue;
        copy.checks = checks;
        copy.doc = doc;
        copy.importance = importance;
        copy.group = group;
        copy.orderInGroup = orderInGroup;
        copy.width = width;
        copy.displayName = displayName;
        copy.dependents = dependents;
        copy.recommender = recommender;
        copy.aliases = aliases;
        copy.deprecation = deprecation;
        copy.internal = internal;
        copy.extended = extended;
        copy.secret = secret;
        change.accept(copy);
        return copy;
    }
}
