package dev.sluice.conformance.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where Sluice differs from Kafka Connect on purpose. In the file: an object of these fields; the name of one in {@code reasons.json}; or an
 * object with that name in the field {@code as}, and fields that go before the named one's or, with {@code ignore}, beside them.
 *
 * @param why the reason, in a sentence
 * @param status the code that we answer; null for the recorded one
 * @param says texts that our message holds; the recorded message does not count then
 * @param body our body, in place of the recorded one; {@code null} in the file for none at all; null for the recorded one
 * @param ignore pointers into the body, and names of headers, that are not compared; {@code *} is any part of a name, an
 *     empty pointer the body, {@code order} the order of settings, and {@code more} settings that
 *     Kafka Connect does not have
 */
record Ours(
        String why,
        @Nullable Integer status,
        List<String> says,
        @Nullable JsonNode body,
        List<String> ignore) {
    private static final JsonNode REASONS = Json.resource("reasons.json");

    static Ours of(JsonNode given) {
        ObjectNode node = Json.object();
        List<String> ignore = new ArrayList<>();
        String reason = given.isTextual() ? given.asText() : given.path("as").asText();
        if (!reason.isEmpty()) {
            REASONS.path(reason).properties().forEach(field -> node.set(field.getKey(), field.getValue()));
            ignore.addAll(texts(REASONS.path(reason).path("ignore")));
        }
        given.properties().forEach(field -> node.set(field.getKey(), field.getValue()));
        ignore.addAll(texts(given.path("ignore")));
        if (node.path("why").asText("").isEmpty()) {
            throw new AssertionError("A difference needs a reason, or one that reasons.json has: " + given);
        }
        JsonNode status = node.get("status");
        JsonNode body = node.get("body");
        return new Ours(
                node.get("why").asText(),
                status == null ? null : status.asInt(),
                texts(node.path("says")),
                body == null || !body.isNull() ? body : MissingNode.getInstance(),
                ignore);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
