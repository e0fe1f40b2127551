package dev.sluice.conformance.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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
            "warnings", "settings that mean nothing here or are misspelt",
            "problems", "each problem of a config by its key, in errors",
            "fix", "what to do about an error",
            "restart", "the next attempt of a failed task, in status");

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
        JsonNode body = ours.body() == null ? recorded.body() : ours.body();
        boolean isOwnError = ours.body() == null
                && (status != recorded.status() || !ours.says().isEmpty())
                && status >= 400;
        if (!isOwnError) {
            compare(new Answer(status, recorded.headers(), body), answer);
        } else {
            status(status, answer);
            differs(
                    "/error_code",
                    Integer.toString(status),
                    answer.body().path("error_code").asText());
        }
        for (String text : ours.says()) {
            if (!answer.message().contains(text)) {
                differences.add("message does not say “" + text + "”: " + answer.message());
            }
        }
    }

    private void compare(Answer recorded, Answer answer) {
        status(recorded.status(), answer);
        recorded.headers()
                .forEach((name, value) -> differs(
                        name, header(name, value), header(name, answer.headers().getOrDefault(name, ""))));
        node("", recorded.body(), answer.body());
    }

    private static String header(String name, String value) {
        return name.equals("Allow") ? new TreeSet<>(Arrays.asList(value.split(", ?"))).toString() : value;
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
        if (ignored.stream().anyMatch(pointer -> matches(pointer, path))) {
            return;
        }
        if (expected.isObject() && was.isObject()) {
            object(path, expected, was);
        } else if (expected.isArray() && was.isArray()) {
            array(path, expected, was);
        } else if (path.equals("/message")) {
            if (!was.asText().startsWith(expected.asText())) {
                differs(path, expected.asText(), was.asText());
            }
        } else {
            differs(path.isEmpty() ? "body" : path, expected.toString(), was.toString());
        }
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

    private void array(String path, JsonNode expected, JsonNode was) {
        if (isTexts(expected) && isTexts(was)) {
            differs(
                    path.isEmpty() ? "body" : path,
                    texts(expected).toString(),
                    texts(was).toString());
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
            if (!wanted[i].equals("*") && !wanted[i].equals(found[i])) {
                return false;
            }
        }
        return true;
    }
}
