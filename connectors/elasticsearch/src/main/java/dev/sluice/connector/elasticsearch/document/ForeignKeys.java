package dev.sluice.connector.elasticsearch.document;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigProblems;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings of other sinks, and of former releases of them, that mean nothing here: they are accepted, and a note says why. */
final class ForeignKeys {
    private static final Map<String, String> NOTES = new LinkedHashMap<>();

    static {
        put("type.name", "Servers have had no types within an index since Elasticsearch 7.");
        put(
                "auto.create.indices.at.start",
                "Indices are created when their first record comes; see index.auto.create.");
        put(
                "data.streams.existing.index.template.name",
                "A data stream takes the template whose pattern its name matches.");
        put("connect.elastic.index.suffix", "Use index.name, such as ${topic}_{yyyy-MM-dd}.");
        put("connect.elastic.pk.separator", "Use id.separator.");
    }

    private ForeignKeys() {}

    private static void put(String name, String note) {
        NOTES.put(name, note);
    }

    static ConfigKey<?>[] keys() {
        return NOTES.entrySet().stream()
                .map(each -> key(each.getKey(), each.getValue()))
                .toArray(ConfigKey<?>[]::new);
    }

    private static ConfigKey<String> key(String name, String note) {
        return ConfigKey.string(name).optional().internal().extended().doc(note);
    }

    static void note(Config config, ConfigProblems problems) {
        NOTES.forEach((name, note) -> {
            if (config.originals().containsKey(name)) {
                problems.add(ConfigProblem.note(name, "Setting " + name + " has no effect here.", note));
            }
        });
    }
}
