package dev.sluice.runtime.fake;

import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.ConfigValidation;
import dev.sluice.api.config.Password;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the fake source and sink connectors have in common. */
final class FakeConnectors {
    static final ConfigKey<String> WORLD =
            ConfigKey.string("world").doc("The fake world.").defaultsTo("");
    static final ConfigKey<Integer> TASKS =
            ConfigKey.integer("tasks").doc("Tasks that are wanted.").defaultsTo(1);
    static final ConfigKey<String> TOPIC =
            ConfigKey.string("topic").doc("The topic of a source.").defaultsTo("lines");
    static final ConfigKey<Integer> BATCH =
            ConfigKey.integer("batch").doc("Lines that one poll returns.").defaultsTo(3);
    static final ConfigKey<Password> WORD =
            ConfigKey.password("word").doc("A secret.").optional();
    static final ConfigKey<String> ADDRESS =
            ConfigKey.string("address").doc("An address.").optional();
    static final ConfigSpec SPEC = ConfigSpec.of(WORLD, TASKS, TOPIC, BATCH, WORD, ADDRESS);

    private FakeConnectors() {}

    /** Constructor and spec know no settings: theirs is the world named after the kind. */
    static void constructed(String kind) {
        FakeWorld.of(kind).enter("constructor", kind);
    }

    static ConfigSpec spec(String kind) {
        FakeWorld.of(kind).enter("configSpec", kind);
        return SPEC;
    }

    static ConfigValidation validate(String kind, Map<String, String> settings) {
        FakeWorld.of(kind).enter("validate", kind);
        // The sink speaks of names that it does not know, which is not its business; the runtime must pass over that.
        ConfigSpec spec = kind.equals("sink") ? SPEC : SPEC.openPrefix("");
        return spec.validate(new LinkedHashMap<>(settings));
    }

    static List<Map<String, String>> tasks(Map<String, String> settings, int count, int tasksMax) {
        List<Map<String, String>> tasks = new ArrayList<>();
        for (int i = 0; i < Math.min(count, tasksMax); i++) {
            tasks.add(settings);
        }
        return tasks;
    }
}
