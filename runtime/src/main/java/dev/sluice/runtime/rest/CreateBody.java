package dev.sluice.runtime.rest;

import dev.sluice.api.config.NearestName;
import dev.sluice.runtime.config.InitialState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body that creates a connector.
 *
 * @param name without blanks at its ends
 * @param config with the name in it
 * @param initial how the connector begins
 */
record CreateBody(String name, Map<String, String> config, InitialState initial) {
    static final String EXPECTED = "an object with name, config and perhaps initial_state";
    private static final List<String> FIELDS = List.of("name", "config", "initial_state");

    static CreateBody read(JsonValue body) {
        Map<String, JsonValue> fields = body.object(EXPECTED);
        fields.forEach(CreateBody::requireKnown);
        JsonValue config = fields.get("config");
        if (config == null || config.isNull()) {
            throw body.at(Refusal.badRequest(
                    "Cannot create a connector: field config is missing.",
                    "config",
                    "Add \"config\": {…} with connector.class and the connector's settings."));
        }
        String name = name(fields.get("name"));
        Map<String, String> settings = ConfigBody.settings(config);
        return new CreateBody(name, ConfigBody.named(settings, name), initial(fields.get("initial_state")));
    }

    private static void requireKnown(String field, JsonValue value) {
        if (FIELDS.contains(field)) {
            return;
        }
        String near = NearestName.of(field, FIELDS)
                .map(known -> "Write " + known + ".")
                .orElse("Settings belong into config.");
        throw value.at(Refusal.badRequest(
                "Cannot create a connector: field " + field + " is not known, expected " + String.join(", ", FIELDS)
                        + ".",
                field,
                near));
    }

    private static String name(@Nullable JsonValue value) {
        if (value == null || value.isNull()) {
            return "";
        }
        return switch (value.kind()) {
            case TEXT, NUMBER, FLAG -> value.text().trim();
            case OBJECT, LIST, NULL ->
                throw value.refused("it is " + value.words() + ", expected a text", "Write the name as a text.");
        };
    }

    private static InitialState initial(@Nullable JsonValue value) {
        if (value == null || value.isNull()) {
            return InitialState.RUNNING;
        }
        for (InitialState state : InitialState.values()) {
            if (state.name().equals(value.text().toUpperCase(Locale.ROOT))) {
                return state;
            }
        }
        throw value.refused(
                "it is " + (value.text().isEmpty() ? value.words() : value.text())
                        + ", expected RUNNING, PAUSED or STOPPED",
                "Correct it, or leave it out for RUNNING.");
    }
}
