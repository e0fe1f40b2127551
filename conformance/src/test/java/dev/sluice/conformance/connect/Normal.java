package dev.sluice.conformance.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Replaces in answers what differs from worker to worker and from run to run by names in angle brackets. */
final class Normal {
    /** Fields that are shown by their name alone, where they have a value. */
    private static final Set<String> REPLACED = Set.of(
            "worker_id", "version", "commit", "kafka_cluster_id", "last_modified", "documentation", "display_name");

    /** The list of all plugins in the message about an unknown class, and the page of a servlet container. */
    private static final Pattern PLUGIN_LIST = Pattern.compile("(available connectors are: ).*", Pattern.DOTALL);

    /** Where in a body Jackson stopped, which depends on the length of the folder's name. */
    private static final Pattern COLUMN = Pattern.compile("column: [0-9]+");

    private static final Pattern CHARSET = Pattern.compile("; ?charset=.*", Pattern.CASE_INSENSITIVE);

    private final URI base;
    private final Path folder;

    /** Prepares for a worker and the folder of a chapter. */
    Normal(URI base, Path folder) {
        this.base = base;
        this.folder = folder;
    }

    Answer of(Answer answer) {
        Map<String, String> headers = new LinkedHashMap<>();
        answer.headers()
                .forEach((name, value) ->
                        headers.put(name, CHARSET.matcher(text(value)).replaceAll("")));
        return new Answer(answer.status(), headers, html(node("", answer.body())));
    }

    /** What is written for people only in HTML counts as such, not to the letter. */
    private static JsonNode html(JsonNode body) {
        return body.isTextual() && body.asText().stripLeading().startsWith("<") ? TextNode.valueOf("<html>") : body;
    }

    private JsonNode node(String field, JsonNode node) {
        if (node.isObject()) {
            ObjectNode normal = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(each -> {
                if (!isForeignLogger(each.getKey(), each.getValue())) {
                    normal.set(each.getKey(), node(each.getKey(), each.getValue()));
                }
            });
            return normal;
        }
        if (node.isArray()) {
            ArrayNode normal = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> normal.add(node("", element)));
            return normal;
        }
        if (REPLACED.contains(field) && !node.isNull()) {
            return TextNode.valueOf("<" + field + ">");
        }
        if (field.equals("trace")) {
            return TextNode.valueOf("<trace>");
        }
        return node.isTextual() ? TextNode.valueOf(text(node.asText())) : node;
    }

    /** Which classes have a logger is nobody's business but theirs. */
    private static boolean isForeignLogger(String name, JsonNode value) {
        return value.has("last_modified") && !name.equals("root") && !name.startsWith("contract.");
    }

    private String text(String text) {
        String plain = text.replace(base.toString(), "<base>").replace(folder.toString(), "{folder}");
        return COLUMN.matcher(PLUGIN_LIST.matcher(plain).replaceAll("$1<plugins>"))
                .replaceAll("column: <n>");
    }
}
