package dev.sluice.api.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds settings as a {@link ConfigSpec} read them. Immutable, usable from any thread.
 *
 * <p>Rules and recommenders see a config in which some settings may have problems; asking for one of those ends the rule
 * or the recommender. A config that {@link ConfigSpec#parse} returned has none.
 */
public final class Config {

    private final Map<String, Slot> slots;
    private final Map<String, String> originals;
    private final List<ConfigProblem> warnings;

    Config(Map<String, Slot> slots, Map<String, String> originals, List<ConfigProblem> warnings) {
        this.slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
        this.originals = Collections.unmodifiableMap(new LinkedHashMap<>(originals));
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Returns the value of a setting.
     *
     * @param key a required key or one with a default
     * @return the value given, else the default; never null
     * @throws IllegalStateException if the key is not of the spec, or is optional and nothing was given: use
     *     {@link #find} for optional keys
     */
    public <T> T get(ConfigKey<T> key) {
        T value = value(key);
        if (value == null) {
            throw new IllegalStateException("Cannot get optional setting " + key.name()
                    + ": nothing was given and it has no default. Use find for optional settings.");
        }
        return value;
    }

    /**
     * Finds the value of an optional setting.
     *
     * @param key any key of the spec
     * @return the value given, else the default, else empty
     * @throws IllegalStateException if the key is not of the spec
     */
    public <T> Optional<T> find(ConfigKey<T> key) {
        return Optional.ofNullable(value(key));
    }

    /**
     * Returns whether a setting was given, under its name or an alias, rather than left to its default.
     *
     * @param key any key of the spec
     * @throws IllegalStateException if the key is not of the spec
     */
    public boolean isSet(ConfigKey<?> key) {
        return slot(key).given();
    }

    /**
     * Returns all that was given, unknown names included, secrets in clear: keep it out of logs.
     *
     * @return unmodifiable, in the order given
     */
    public Map<String, String> originals() {
        return originals;
    }

    /**
     * Returns the values by name, defaults included, for callers that know no keys, such as the bridge to Kafka
     * Connect's plugins.
     *
     * @return unmodifiable, in the order of the spec; without settings that have no value. Passwords stay wrapped, other
     *     secrets are in clear: keep it out of logs
     */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        slots.forEach((name, slot) -> {
            if (slot.value() != null) {
                values.put(name, slot.value());
            }
        });
        return Collections.unmodifiableMap(values);
    }

    /**
     * Returns what is remarkable about the settings though they can be used: unknown, deprecated and alias names.
     *
     * @return unmodifiable, may be empty; with full names even after {@link #withPrefix}
     */
    public List<ConfigProblem> warnings() {
        return warnings;
    }

    /**
     * Returns the settings whose names start with a prefix, under their names without it. For keys that an embedded spec
     * ({@link ConfigSpec#prefixed}) knows, {@link #get} works with the keys of the embedded spec; for families whose
     * keys are not known, {@link #originals()} of the result is the map.
     *
     * @param prefix such as {@code key.converter.}, with its last dot
     * @return the part, possibly empty
     */
    public Config withPrefix(String prefix) {
        List<ConfigProblem> about = warnings.stream()
                .filter(problem -> problem.key().startsWith(prefix))
                .toList();
        return new Config(stripped(slots, prefix), stripped(originals, prefix), about);
    }

    private static <V> Map<String, V> stripped(Map<String, V> map, String prefix) {
        Map<String, V> part = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            if (name.length() > prefix.length() && name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), value);
            }
        });
        return part;
    }

    @SuppressWarnings("unchecked") // slot() made sure that the key has the type that read the value
    private <T> @Nullable T value(ConfigKey<T> key) {
        Slot slot = slot(key);
        if (slot.faulty()) {
            throw new FaultyKeyException(key.name());
        }
        return (T) slot.value();
    }

    private Slot slot(ConfigKey<?> key) {
        Slot slot = slots.get(key.name());
        if (slot == null) {
            throw new IllegalStateException("Cannot get setting " + key.name() + ": the spec has only " + slots.keySet()
                    + ". Add the key to the spec.");
        }
        if (!slot.key().type().equals(key.type())) {
            throw new IllegalStateException(
                    "Cannot get setting " + key.name() + " as " + key.type().words() + ": the spec has it as "
                            + slot.key().type().words() + ". Use the key of the spec.");
        }
        return slot;
    }

    /** Returns the known settings with their values, secrets hidden; nothing of unknown ones. */
    @Override
    public String toString() {
        String known = slots.entrySet().stream()
                .filter(entry ->
                        entry.getValue().value() != null || entry.getValue().faulty())
                .map(entry -> entry.getKey() + "=" + entry.getValue().shown())
                .collect(Collectors.joining(", "));
        return "Config{" + known + "}";
    }
}
