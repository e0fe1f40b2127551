package dev.sluice.connector.elasticsearch.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a node of the cluster answered, whatever the status; that none answered is an {@link java.io.IOException}.
 *
 * @param status the HTTP status
 * @param body the body, empty for none; nobody may change it
 * @param retryAfter how long the server asks to wait, or null
 */
@SuppressWarnings("ArrayRecordComponent") // Answers of bulk requests are large; a copy each would be for nothing.
public record Answer(int status, byte[] body, @Nullable Duration retryAfter) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns whether the request was carried out. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Returns the body as a tree; a missing node if it is none. For small answers. */
    public JsonNode json() {
        try {
            JsonNode tree = JSON.readTree(body);
            return tree == null ? JSON.missingNode() : tree;
        } catch (IOException notJson) {
            return JSON.missingNode();
        }
    }

    /** Returns the server's own words on why it refused: its type and reason, or the status alone. */
    public String reason() {
        JsonNode error = json().path("error");
        if (error.isTextual()) {
            return status + ": " + error.asText();
        }
        String reason = error.path("reason").asText();
        String type = error.path("type").asText();
        return type.isEmpty() ? "status " + status : status + " " + type + ": " + reason;
    }

    /** Names the status and the size, never the contents. */
    @Override
    public String toString() {
        return "Answer[" + status + ", " + body.length + " bytes]";
    }

    /** Returns the body as text, for tests and messages. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
