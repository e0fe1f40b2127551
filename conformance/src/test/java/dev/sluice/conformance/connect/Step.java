package dev.sluice.conformance.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request of a chapter. In the file:
 *
 * <pre>{@code
 * {"name": "create", "send": "POST /connectors", "headers": {…}, "body": {…},
 *  "until": {"/tasks/0/state": "RUNNING"}, "like": "standalone", "ours": {"why": "…", …}}
 * }</pre>
 *
 * @param name what it is about, unique in its chapter
 * @param method HTTP's
 * @param path with its query, encoded
 * @param headers beside {@code Content-Type: application/json}, which a body gets; an empty value takes a header away
 * @param body sent as it is if it is a text, as JSON if not; null for none. {@code {folder}} in it stands for the chapter's folder
 * @param until sent again until these pointers into the answer's body have these values ({@code status}: the code);
 *     a value that is no text is compared as JSON
 * @param like whose recorded answer counts where the two workers answered differently; empty where they must not
 * @param ours what Sluice answers instead, on purpose; see {@link Ours}
 */
record Step(
        String name,
        String method,
        String path,
        Map<String, String> headers,
        @Nullable String body,
        Map<String, JsonNode> until,
        String like,
        @Nullable Ours ours) {
    private static final Set<String> FIELDS = Set.of("name", "send", "headers", "body", "until", "like", "ours");

    static Step of(JsonNode node) {
        node.fieldNames().forEachRemaining(field -> check(FIELDS.contains(field), node, field));
        String[] send = node.path("send").asText().split(" ", 2);
        check(send.length == 2, node, "send");
        Map<String, String> headers = new LinkedHashMap<>();
        node.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        Map<String, JsonNode> until = new LinkedHashMap<>();
        node.path("until").properties().forEach(wanted -> until.put(wanted.getKey(), wanted.getValue()));
        JsonNode body = node.get("body");
        return new Step(
                node.path("name").asText(send[0] + " " + send[1]),
                send[0],
                send[1],
                headers,
                body == null ? null : body instanceof TextNode text ? text.asText() : body.toString(),
                until,
                node.path("like").asText(""),
                node.has("ours") ? Ours.of(node.get("ours")) : null);
    }

    /** Returns whether an answer is the one that was waited for. */
    boolean isAwaited(Answer answer) {
        return until.entrySet().stream().allMatch(wanted -> {
            if (wanted.getKey().equals("status")) {
                return answer.status() == wanted.getValue().asInt();
            }
            return answer.body().at(wanted.getKey()).equals(wanted.getValue());
        });
    }

    private static void check(boolean holds, JsonNode node, String field) {
        if (!holds) {
            throw new AssertionError("Cannot read a step: field " + field + " of " + node + ".");
        }
    }
}
