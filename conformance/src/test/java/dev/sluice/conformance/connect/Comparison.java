package dev.sluice.conformance.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Compares an answer of Sluice with a recorded one. Pure.
 *
 * <p>Equal are: the code; the content type and the other headers that were recorded; the body, field by field. A text of an
 * error may go on after Kafka Connect's words, since we say what to do as well. Lists of texts are compared as sets: Kafka
 * Connect takes them from hash tables. Fields that Kafka Connect does not have are allowed by name only.
 */
final class Comparison {
    /** Fields that we add, and what they are for. */
    static final Map<String, String> EXTRA_FIELDS = Map.of(
            "flow", "whether records flow, in status",
            "progress", "how far a bounded job of a task is, in status",
            "warnings", "settings that mean nothing here or are misspelt",
            "problems", "each problem of a config by its key, in errors",
            "field", "what an error is about",
            "line", "where in the body a mistake is",
            "column", "the same",
            "fix", "what to do about an error",
            "allowed", "the methods of a path, in 405",
            "restart", "the next attempt of a failed task, in status");

    /** What is wrong with a setting is said in our words. */
    private static final String ERRORS = "/configs/[^/]*/value/errors";

    private static final List<String> OTHER_CONNECTORS =
            List.of("dev.sluice.connector.jdbc.", "dev.sluice.connector.elasticsearch.");

    private static final String INVALID = "Connector configuration is invalid and contains the following ";

    private final List<String> ignored;
    private final List<String> differences = new ArrayList<>();

    private Comparison(Step step) {
        Ours ours = step.ours();
        this.ignored = ours == null ? List.of() : ours.ignore();
    }

    /** Returns the differences, in words; empty if the answer is as it shall be. */
    static List<String> differences(Step step, Answer recorded, Answer answer) {
        Comparison comparison = new Comparison(step);
        Ours ours = step.ours();
        if (ours == null) {
            comparison.compare(recorded, answer);
        } else {
            comparison.compare(ours, recorded, answer);
        }
        return comparison.differences;
    }

    private void compare(Ours ours, Answer recorded, Answer answer) {
        int status = ours.status() == null ? recorded.status() : ours.status();
        if (status >= 400) {
            error(status, ours.says(), recorded, answer);
            return;
        }
        JsonNode body = ours.body() == null ? recorded.body() : ours.body();
        compare(new Answer(status, recorded.headers(), body), answer);
    }

    /** An error has the code in its body too; its words are Kafka Connect's unless there are ours. */
    private void error(int status, List<String> says, Answer recorded, Answer answer) {
        status(status, answer);
        differs("Content-Type", "application/json", answer.headers().getOrDefault("Content-Type", ""));
        differs(
                "/error_code",
                Integer.toString(status),
                answer.body().path("error_code").asText());
        if (says.isEmpty() && status == recorded.status()) {
            node("/message", recorded.body().path("message"), answer.body().path("message"));
        }
        for (String text : says) {
            if (!answer.message().contains(text)) {
                differences.add("message does not say “" + text + "”: " + answer.message());
            }
        }
    }

    private void compare(Answer recorded, Answer answer) {
        status(recorded.status(), answer);
        recorded.headers().forEach((name, value) -> {
            if (!ignored.contains(name)) {
                differs(name, header(name, value), header(name, answer.headers().getOrDefault(name, "")));
            }
        });
        node("", recorded.body(), answer.body());
    }

    private static String header(String name, String value) {
        boolean isSet = name.equals("Allow") || name.equals("Access-Control-Allow-Methods");
        return isSet ? new TreeSet<>(Arrays.asList(value.split(", ?", -1))).toString() : value;
    }

    private void status(int expected, Answer answer) {
        if (expected != answer.status()) {
            differences.add("status: expected " + expected + ", was " + answer.status() + " " + answer.body());
        }
    }

    private void differs(String what, String expected, String was) {
        if (!expected.equals(was)) {
            differences.add(what + ": expected " + expected + ", was " + was);
        }
    }

    private void node(String path, JsonNode expected, JsonNode was) {
        if (isIgnored(path)) {
            return;
        }
        if (expected.isObject() && was.isObject()) {
            object(path, expected, was);
        } else if (path.matches(ERRORS)) {
            differs(path + " are there", Boolean.toString(!expected.isEmpty()), Boolean.toString(!was.isEmpty()));
        } else if (expected.isArray() && was.isArray()) {
            array(path, expected, was);
        } else if (path.equals("/message")) {
            if (!says(was.asText(), expected.asText())) {
                differs(path, expected.asText(), was.asText());
            }
        } else {
            differs(path.isEmpty() ? "body" : path, expected.toString(), was.toString());
        }
    }

    /** Whether a message of ours has Kafka Connect's words. The problems of a config, between first and last line, are in ours. */
    private static boolean says(String message, String recorded) {
        if (!recorded.startsWith(INVALID)) {
            return message.startsWith(recorded);
        }
        return message.startsWith(INVALID) && message.endsWith(recorded.substring(recorded.lastIndexOf('\n')));
    }

    /** Leaves connectors out of a list of plugins that Apache Kafka does not ship. */
    private static JsonNode withoutOtherConnectors(JsonNode array) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode each : array) {
            String name = each.path("class").asText();
            if (OTHER_CONNECTORS.stream().noneMatch(name::startsWith)) {
                kept.add(each);
            }
        }
        return kept;
    }

    private boolean isIgnored(String path) {
        return ignored.stream().anyMatch(pointer -> matches(pointer, path));
    }

    private void object(String path, JsonNode expected, JsonNode was) {
        expected.properties().forEach(field -> {
            JsonNode value = was.get(field.getKey());
            node(path + "/" + field.getKey(), field.getValue(), value == null ? MissingNode.getInstance() : value);
        });
        was.fieldNames().forEachRemaining(name -> {
            if (!expected.has(name) && !EXTRA_FIELDS.containsKey(name)) {
                node(path + "/" + name, MissingNode.getInstance(), was.path(name));
            }
        });
    }

    private void array(String path, JsonNode expected, JsonNode all) {
        JsonNode was = withoutOtherConnectors(all);
        if (isTexts(expected) && isTexts(was)) {
            differs(
                    path.isEmpty() ? "body" : path,
                    texts(expected).toString(),
                    texts(was).toString());
            return;
        }
        if (isNamed(expected) && isNamed(was)) {
            named(path, expected, was);
            return;
        }
        if (expected.size() != was.size()) {
            differs(path + " size", expected.toString(), was.toString());
            return;
        }
        for (int i = 0; i < expected.size(); i++) {
            node(path + "/" + i, expected.get(i), was.get(i));
        }
    }

    /** Settings, in answers about plugins and to validations, are compared by their names, and the names in their order. */
    private void named(String path, JsonNode expected, JsonNode was) {
        List<String> wanted = new ArrayList<>();
        expected.forEach(each -> wanted.add(name(each)));
        List<String> found = new ArrayList<>();
        was.forEach(each -> found.add(name(each)));
        List<String> missing = new ArrayList<>(wanted);
        missing.removeAll(found);
        missing.removeIf(name -> isIgnored(path + "/" + name));
        List<String> more = new ArrayList<>(found);
        more.removeAll(wanted);
        more.removeIf(name -> isIgnored(path + "/" + name));
        differs(path + " settings that are missing", "[]", missing.toString());
        if (!ignored.contains("more")) {
            differs(path + " settings that are too many", "[]", more.toString());
        }
        wanted.retainAll(found);
        found.retainAll(wanted);
        if (!ignored.contains("order")) {
            differs(path + " order of settings", wanted.toString(), found.toString());
        }
        for (JsonNode each : expected) {
            for (JsonNode other : was) {
                if (name(each).equals(name(other))) {
                    node(path + "/" + name(each), each, other);
                }
            }
        }
    }

    private static boolean isNamed(JsonNode array) {
        return array.isArray() && !array.isEmpty() && !name(array.get(0)).isEmpty();
    }

    /** The name of a ConfigKeyInfo or of a ConfigInfo. */
    private static String name(JsonNode setting) {
        JsonNode key = setting.has("definition") ? setting.path("definition") : setting;
        JsonNode named = key.isObject() ? key : setting.path("value");
        boolean isSetting = setting.has("definition") || setting.has("default_value");
        return isSetting ? named.path("name").asText() : "";
    }

    private static boolean isTexts(JsonNode array) {
        for (JsonNode element : array) {
            if (!element.isTextual()) {
                return false;
            }
        }
        return true;
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static boolean matches(String pointer, String path) {
        String[] wanted = pointer.split("/", -1);
        String[] found = path.split("/", -1);
        if (wanted.length != found.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            String pattern = Pattern.quote(wanted[i]).replace("*", "\\E.*\\Q");
            if (!found[i].matches(pattern)) {
                return false;
            }
        }
        return true;
    }
}
