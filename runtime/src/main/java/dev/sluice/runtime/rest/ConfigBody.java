package dev.sluice.runtime.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads settings out of bodies: texts by name; numbers and truth values count as their texts, as in Kafka Connect. */
final class ConfigBody {
    private static final String SETTINGS = "an object of settings, each a text";
    private static final String NAME = "name";

    private ConfigBody() {}

    /** Reads settings of which each has a value. */
    static Map<String, String> settings(JsonValue body) {
        Map<String, String> settings = new LinkedHashMap<>();
        body.object(SETTINGS).forEach((name, value) -> settings.put(name, text(name, value, "Leave it out.")));
        return settings;
    }

    /** Reads changes of settings, of which null takes one away. */
    static Map<String, @Nullable String> changes(JsonValue body) {
        Map<String, @Nullable String> changes = new LinkedHashMap<>();
        body.object("an object of settings, each a text or null")
                .forEach((name, value) ->
                        changes.put(name, value.isNull() ? null : text(name, value, "Write null to remove it.")));
        return changes;
    }

    private static String text(String name, JsonValue value, String elseFix) {
        return switch (value.kind()) {
            case TEXT, NUMBER, FLAG -> value.text();
            case NULL -> throw value.refused("setting " + name + " is null, expected a text", elseFix);
            case OBJECT, LIST ->
                throw value.refused(
                        "setting " + name + " is " + value.words() + ", expected a text",
                        "Write the value as one text; lists are separated by commas.");
        };
    }

    /**
     * Makes the name in the settings that of the address.
     *
     * @throws Refusal if the settings name another connector
     */
    static Map<String, String> named(Map<String, String> settings, String name) {
        requireSame(settings.get(NAME), name);
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putIfAbsent(NAME, name);
        return all;
    }

    /** Refuses changes that would give a connector another name, or none. */
    static void requireNameKept(Map<String, @Nullable String> changes, String name) {
        if (changes.containsKey(NAME)) {
            requireSame(String.valueOf(changes.get(NAME)), name);
        }
    }

    private static void requireSame(@Nullable String given, String name) {
        if (given != null && !given.equals(name)) {
            throw Refusal.badRequest(
                    "Connector name configuration (" + given + ") doesn't match connector name in the URL (" + name
                            + ")",
                    NAME,
                    "Leave name out of the config, or give the same one. A connector cannot be renamed.");
        }
    }
}
