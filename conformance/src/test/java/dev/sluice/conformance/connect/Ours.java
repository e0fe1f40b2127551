package dev.sluice.conformance.connect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where Sluice differs from Kafka Connect on purpose.
 *
 * @param why the reason, in a sentence
 * @param status the code that we answer; null for the recorded one
 * @param says texts that our message holds. With a status of an error, or with any of these, the recorded body does not count
 * @param body our exact body, in place of the recorded one; null for the recorded one
 * @param ignore pointers into the body that are not compared; {@code *} is any element or field
 */
record Ours(
        String why,
        @Nullable Integer status,
        List<String> says,
        @Nullable JsonNode body,
        List<String> ignore) {
    static Ours of(JsonNode node) {
        if (node.path("why").asText("").isEmpty()) {
            throw new AssertionError("A difference needs its reason: " + node);
        }
        JsonNode status = node.get("status");
        return new Ours(
                node.get("why").asText(),
                status == null ? null : status.asInt(),
                texts(node.path("says")),
                node.get("body"),
                texts(node.path("ignore")));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
