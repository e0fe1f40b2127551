package dev.sluice.api.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lists the settings of a plugin, with what holds between them. From it come parsing, validation, REST answers, the
 * reference page and forms. Immutable: each method that changes something returns a copy.
 *
 * <pre>{@code
 * static final ConfigSpec SPEC = ConfigSpec.of(FILE, TOPIC, BATCH_SIZE)
 *         .rule(FileSourceConfig::checkRotation)
 *         .removed("batch.lines", "Use batch.size.");
 * }</pre>
 */
public final class ConfigSpec {

    private static final ConfigSpec EMPTY = new ConfigSpec(Map.of(), List.of(), Map.of(), List.of(), List.of(""));

    private final Map<String, ConfigKey<?>> keys;
    private final List<ConfigRule> rules;
    private final Map<String, String> removed;
    private final List<String> openPrefixes;
    /** What the names begin with that this spec answers for: everything, unless it was embedded. */
    private final List<String> scopes;

    private ConfigSpec(
            Map<String, ConfigKey<?>> keys,
            List<ConfigRule> rules,
            Map<String, String> removed,
            List<String> openPrefixes,
            List<String> scopes) {
        keys.values().forEach(key -> requireNotRemoved(key, removed));
        this.keys = keys;
        this.rules = rules;
        this.removed = removed;
        this.openPrefixes = openPrefixes;
        this.scopes = scopes;
    }

    /**
     * Lists settings.
     *
     * @param keys the settings in the order to be shown; may be none
     * @throws IllegalArgumentException if a name or an alias stands twice
     */
    public static ConfigSpec of(ConfigKey<?>... keys) {
        return EMPTY.plus(keys);
    }

    /**
     * Adds settings behind those there are.
     *
     * @throws IllegalArgumentException if a name or an alias stands twice
     */
    public ConfigSpec plus(ConfigKey<?>... more) {
        return with(merged(keys, List.of(more)), rules, removed, openPrefixes);
    }

    /**
     * Adds everything that another spec has: settings, rules, removed names, open prefixes.
     *
     * @throws IllegalArgumentException if a name or an alias stands twice
     */
    public ConfigSpec plus(ConfigSpec other) {
        Map<String, String> allRemoved = new LinkedHashMap<>(removed);
        allRemoved.putAll(other.removed);
        return new ConfigSpec(
                merged(keys, other.keys.values()),
                joined(rules, other.rules),
                allRemoved,
                joined(openPrefixes, other.openPrefixes),
                joined(scopes, other.scopes));
    }

    /**
     * Adds everything that another spec has, except settings of which a name is taken: there the own setting holds. For
     * specs of which one knows nothing of the other, such as the runtime's settings of connectors and a connector's.
     */
    public ConfigSpec plusUnlessTaken(ConfigSpec other) {
        Set<String> taken = names();
        taken.addAll(removed.keySet());
        Map<String, ConfigKey<?>> free = new LinkedHashMap<>(other.keys);
        free.values()
                .removeIf(key ->
                        taken.contains(key.name()) || key.aliases().stream().anyMatch(taken::contains));
        Map<String, String> freeRemoved = new LinkedHashMap<>(other.removed);
        freeRemoved.keySet().removeAll(taken);
        return plus(new ConfigSpec(free, other.rules, freeRemoved, other.openPrefixes, other.scopes));
    }

    /** Adds a check of settings against each other. Rules run in the order added, after all settings were read. */
    public ConfigSpec rule(ConfigRule rule) {
        return with(keys, joined(rules, List.of(rule)), removed, openPrefixes);
    }

    /**
     * Keeps a name known that is no setting any more; giving it is an error.
     *
     * @param name the former name
     * @param replacement a sentence that says what replaced it, such as {@code Use batch.size.}
     */
    public ConfigSpec removed(String name, String replacement) {
        Map<String, String> all = new LinkedHashMap<>(removed);
        all.put(name, Objects.requireNonNull(replacement, "replacement"));
        return with(keys, rules, all, openPrefixes);
    }

    /**
     * Accepts every name that starts with a prefix, for families whose settings are not known here. Read them by
     * {@link Config#withPrefix}. The empty prefix accepts every name.
     *
     * @param prefix such as {@code producer.override.}, with its last dot
     */
    public ConfigSpec openPrefix(String prefix) {
        return with(keys, rules, removed, joined(openPrefixes, List.of(prefix)));
    }

    /**
     * Embeds the spec under a prefix: all names get it, while rules and recommenders go on to see the names without it.
     * Parsed alone, the result answers only for names that start with the prefix.
     *
     * @param prefix such as {@code transforms.mask.}, with its last dot
     */
    public ConfigSpec prefixed(String prefix) {
        Map<String, String> allRemoved = new LinkedHashMap<>();
        removed.forEach((name, replacement) -> allRemoved.put(prefix + name, replacement));
        return new ConfigSpec(
                merged(
                        Map.of(),
                        keys.values().stream().map(key -> key.prefixed(prefix)).toList()),
                rules.stream().map(rule -> embedded(prefix, rule)).toList(),
                allRemoved,
                openPrefixes.stream().map(prefix::concat).toList(),
                scopes.stream().map(prefix::concat).toList());
    }

    private static ConfigRule embedded(String prefix, ConfigRule rule) {
        return (config, problems) -> problems.under(prefix, inner -> rule.check(config.withPrefix(prefix), inner));
    }

    /**
     * Puts all settings under a heading; those that have one keep it behind the new one: {@code Transforms: mask: Own}.
     */
    public ConfigSpec inGroup(String group) {
        return changed(
                key -> key.group(key.group().map(own -> group + ": " + own).orElse(group)));
    }

    private ConfigSpec changed(UnaryOperator<ConfigKey<?>> change) {
        return with(merged(Map.of(), keys.values().stream().map(change).toList()), rules, removed, openPrefixes);
    }

    /**
     * Reads settings.
     *
     * @param given texts by name; unknown names are allowed and give a warning
     * @return the settings; {@link Config#warnings()} holds what is remarkable about them
     * @throws ConfigException if something stands in the way; it carries every error, not only the first
     */
    public Config parse(Map<String, @Nullable String> given) {
        ConfigReading reading = new ConfigReading(this, given);
        List<ConfigProblem> errors =
                reading.problems().stream().filter(ConfigProblem::isError).toList();
        if (!errors.isEmpty()) {
            throw new ConfigException(errors);
        }
        return reading.config();
    }

    /**
     * Says everything that can be said about settings, with proposals for forms.
     *
     * @param given texts by name; null values are a problem, not an exception
     * @return the findings, one value for each setting of the spec
     */
    public ConfigValidation validate(Map<String, @Nullable String> given) {
        ConfigReading reading = new ConfigReading(this, given);
        return new ConfigValidator(this, reading).validation();
    }

    /**
     * Returns the settings in order.
     *
     * @return unmodifiable
     */
    public Collection<ConfigKey<?>> keys() {
        return Collections.unmodifiableCollection(keys.values());
    }

    /**
     * Finds a setting by its name or an alias.
     *
     * @return empty if there is none
     */
    public Optional<ConfigKey<?>> key(String name) {
        return keys().stream()
                .filter(key -> key.name().equals(name) || key.aliases().contains(name))
                .findFirst()
                .map(key -> key);
    }

    /**
     * Returns the headings in the order of their first setting.
     *
     * @return unmodifiable; without the settings that have no heading
     */
    public Set<String> groups() {
        Set<String> groups = new LinkedHashSet<>();
        keys().forEach(key -> key.group().ifPresent(groups::add));
        return Collections.unmodifiableSet(groups);
    }

    /**
     * Returns the place of a setting in its group: the one asked for, else its position among the settings of the group.
     *
     * @param key a setting of this spec
     * @return 1 or more where the position decides; {@link ConfigKey#NO_ORDER} for a setting without group and order
     */
    public int orderInGroup(ConfigKey<?> key) {
        if (key.orderInGroup() != ConfigKey.NO_ORDER || key.group().isEmpty()) {
            return key.orderInGroup();
        }
        List<String> names = keys().stream()
                .filter(other -> other.group().equals(key.group()))
                .map(ConfigKey::name)
                .toList();
        int index = names.indexOf(key.name());
        if (index < 0) {
            throw new IllegalStateException("Cannot place setting " + key.name() + ": it is not of this spec.");
        }
        return index + 1;
    }

    /**
     * Returns the names that were settings once, with what replaced each.
     *
     * @return unmodifiable
     */
    public Map<String, String> removedKeys() {
        return Collections.unmodifiableMap(removed);
    }

    /**
     * Returns the prefixes under which every name is accepted.
     *
     * @return unmodifiable
     */
    public List<String> openPrefixes() {
        return openPrefixes;
    }

    List<ConfigRule> rules() {
        return rules;
    }

    /** All names under which something can be set. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(keys.keySet());
        keys.values().forEach(key -> names.addAll(key.aliases()));
        return names;
    }

    /** Whether a name is this spec's business, yet neither a setting nor removed. */
    boolean isForeign(String name) {
        return scopes.stream().anyMatch(name::startsWith)
                && !removed.containsKey(name)
                && key(name).isEmpty();
    }

    /** Whether a name is this spec's business, yet neither a setting nor removed nor under an open prefix. */
    boolean isUnknown(String name) {
        return isForeign(name) && openPrefixes.stream().noneMatch(name::startsWith);
    }

    private ConfigSpec with(
            Map<String, ConfigKey<?>> newKeys,
            List<ConfigRule> newRules,
            Map<String, String> newRemoved,
            List<String> newOpenPrefixes) {
        return new ConfigSpec(newKeys, newRules, newRemoved, newOpenPrefixes, scopes);
    }

    private static void requireNotRemoved(ConfigKey<?> key, Map<String, String> removed) {
        if (removed.containsKey(key.name()) || key.aliases().stream().anyMatch(removed::containsKey)) {
            throw new IllegalArgumentException(
                    "Cannot mark a name of setting " + key.name() + " as removed: the spec still has the setting.");
        }
    }

    private static Map<String, ConfigKey<?>> merged(
            Map<String, ConfigKey<?>> keys, Collection<? extends ConfigKey<?>> more) {
        Map<String, ConfigKey<?>> all = new LinkedHashMap<>(keys);
        Set<String> taken = new LinkedHashSet<>(keys.keySet());
        keys.values().forEach(key -> taken.addAll(key.aliases()));
        for (ConfigKey<?> key : more) {
            requireFree(taken, key.name());
            key.aliases().forEach(alias -> requireFree(taken, alias));
            all.put(key.name(), key);
        }
        return all;
    }

    private static void requireFree(Set<String> taken, String name) {
        if (!taken.add(name)) {
            throw new IllegalArgumentException("Cannot add setting " + name + ": the spec has that name already.");
        }
    }

    private static <E> List<E> joined(List<E> list, List<E> more) {
        List<E> all = new ArrayList<>(list);
        all.addAll(more);
        return all.stream().distinct().toList();
    }

    /** Returns the names of the settings. */
    @Override
    public String toString() {
        return "ConfigSpec" + keys.keySet();
    }
}
