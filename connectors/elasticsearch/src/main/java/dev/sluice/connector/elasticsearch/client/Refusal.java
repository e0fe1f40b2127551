package dev.sluice.connector.elasticsearch.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.api.error.ConnectorException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a server did not do what a request, or one item of a bulk request, asked for.
 *
 * @param status the HTTP status, of the answer or of the item
 * @param type the server's name for it, such as {@code version_conflict_engine_exception}; empty if it gave none
 * @param reason the server's words, cut where they get long; empty if it gave none. They may quote a value of the document
 * @param retryAfter how long the server asks to wait, or null
 */
public record Refusal(
        int status, String type, String reason, @Nullable Duration retryAfter) {
    private static final int REASON_CHARS_MAX = 400;
    private static final int PAGE_CHARS_MAX = 120;
    private static final int DEPTH_MAX = 4;

    /** Reads the refusal of a whole request. */
    public static Refusal of(Answer answer) {
        JsonNode body = answer.json();
        if (!body.isObject()) {
            return new Refusal(answer.status(), "", page(answer), answer.retryAfter());
        }
        Refusal read = of(answer.status(), body.path("error"));
        String reason = read.reason.isEmpty() ? body.path("message").asText() : read.reason;
        return new Refusal(read.status, read.type, reason, answer.retryAfter());
    }

    /**
     * Reads the refusal of one item of a bulk request.
     *
     * @param status the status of the item
     * @param error the item's {@code error}, in any of the forms that servers give it
     */
    public static Refusal of(int status, JsonNode error) {
        if (error.isTextual()) {
            return new Refusal(status, "", cut(error.asText(), REASON_CHARS_MAX), null);
        }
        return new Refusal(status, error.path("type").asText(), cut(reason(error), REASON_CHARS_MAX), null);
    }

    /** Returns the reason, and behind it the deepest cause that says something else: that is where a field's fault is told. */
    private static String reason(JsonNode error) {
        String reason = error.path("reason").asText();
        JsonNode cause = error.path("caused_by");
        for (int depth = 1; depth < DEPTH_MAX && cause.path("caused_by").isObject(); depth++) {
            cause = cause.path("caused_by");
        }
        String deepest = cause.path("reason").asText();
        boolean tellsMore = !deepest.isEmpty() && !reason.contains(deepest);
        return tellsMore ? cut(reason, REASON_CHARS_MAX / 2) + " (" + deepest + ")" : reason;
    }

    /** Returns what can be read of a page that is not JSON: it comes from a proxy, whose words help to find it. */
    private static String page(Answer answer) {
        String text = answer.text().replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
        return cut(text.strip(), PAGE_CHARS_MAX);
    }

    private static String cut(String text, int charsMax) {
        String line = text.replace('\n', ' ').strip();
        return line.length() <= charsMax ? line : line.substring(0, charsMax - 1) + "…";
    }

    /** Returns what it asks of us. */
    public FailureKind kind() {
        return FailureKind.of(status, type, reason);
    }

    /** Returns the server's words: type and reason, or what the status means. */
    public String words() {
        if (type.isEmpty()) {
            return reason.isEmpty() ? "status " + status : "status " + status + ", " + reason;
        }
        return reason.isEmpty() ? type + ", status " + status : type + ", status " + status + ", " + reason;
    }

    /**
     * Returns the exception whose type tells the runtime what to do.
     *
     * @param what what cannot be done to which, such as {@code "Cannot create index orders"}
     */
    public ConnectorException exception(String what) {
        return kind().exception(what + ": " + words(), retryAfter, null);
    }
}
