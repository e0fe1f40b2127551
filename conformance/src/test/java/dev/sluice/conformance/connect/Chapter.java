package dev.sluice.conformance.connect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Requests that belong together, sent in order to a worker that has no connectors when they begin.
 *
 * @param name also that of its files
 * @param worker settings of the worker beside the usual ones; chapters that agree in them share a worker
 * @param files the files in the chapter's folder when it begins, with their content
 * @param steps the requests
 */
record Chapter(String name, Map<String, String> worker, Map<String, String> files, List<Step> steps) {
    /** All chapters, in the order in which they are played; the last leaves a connector behind that Kafka Connect cannot delete. */
    static final List<String> NAMES = List.of(
            "root",
            "create",
            "read",
            "configure",
            "lifecycle",
            "offsets",
            "plugins",
            "validate",
            "loggers",
            "topics",
            "untracked",
            "unreset",
            "slash");

    static List<Chapter> all() {
        return NAMES.stream().map(Chapter::load).toList();
    }

    static Chapter load(String name) {
        JsonNode node = Json.resource(name + ".requests.json");
        List<Step> steps = new ArrayList<>();
        node.path("steps").forEach(step -> steps.add(Step.of(step)));
        Set<String> names = new HashSet<>();
        for (Step step : steps) {
            if (!names.add(step.name())) {
                throw new AssertionError("Chapter " + name + " has two steps named " + step.name() + ".");
            }
        }
        return new Chapter(name, texts(node.path("worker")), texts(node.path("files")), steps);
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }
}
