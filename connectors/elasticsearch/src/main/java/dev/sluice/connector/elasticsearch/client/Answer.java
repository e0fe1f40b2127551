package dev.sluice.connector.elasticsearch.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a node of the cluster, or a proxy before it, answered, whatever the status; that none answered is an
 * {@link java.io.IOException}.
 *
 * @param status the HTTP status
 * @param body the body, empty for none; nobody may change it
 * @param retryAfter how long the server asks to wait, or null
 * @param headers the headers by their names in lower case; of several of one name, the last
 */
@SuppressWarnings("ArrayRecordComponent") // Answers of bulk requests are large; a copy each would be for nothing.
public record Answer(int status, byte[] body, @Nullable Duration retryAfter, Map<String, String> headers) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the headers in. */
    public Answer {
        headers = Map.copyOf(headers);
    }

    /** Makes an answer without headers. */
    public Answer(int status, byte[] body, @Nullable Duration retryAfter) {
        this(status, body, retryAfter, Map.of());
    }

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

    /** Returns why the request was not carried out. */
    public Refusal refusal() {
        return Refusal.of(this);
    }

    /** Returns the server's own words on why it refused: status, type and reason. */
    public String reason() {
        return refusal().words();
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
