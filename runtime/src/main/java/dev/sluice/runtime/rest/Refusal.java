package dev.sluice.runtime.rest;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Ends a request with an error that is the client's to correct. Not logged: the answer says it all. */
final class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int code;
    private final transient Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    private Refusal(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    static Refusal of(int code, String message) {
        return new Refusal(code, message);
    }

    static Refusal notFound(String message) {
        return new Refusal(404, message);
    }

    /** Refuses what the client sent, and says where that stands and what to do. */
    static Refusal badRequest(String message, String field, String fix) {
        return new Refusal(400, message).with("field", field).with("fix", fix);
    }

    /** Adds a fact beside code and message; null adds nothing. */
    Refusal with(String name, @Nullable Object fact) {
        if (fact != null) {
            facts.put(name, fact);
        }
        return this;
    }

    Refusal withHeader(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Makes the answer. */
    Answer answer() {
        Answer answer = Answer.error(code, Objects.requireNonNull(getMessage()), facts);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            answer = answer.withHeader(header.getKey(), header.getValue());
        }
        return answer;
    }
}
