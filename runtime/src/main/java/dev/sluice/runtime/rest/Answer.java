package dev.sluice.runtime.rest;

import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request is answered with.
 *
 * @param code the status code
 * @param mediaType of the body
 * @param body the bytes; empty for none
 * @param headers further headers
 */
record Answer(int code, String mediaType, Buffer body, Map<String, String> headers) {
    static final String JSON = "application/json";

    /** Answers 200 with what {@link Json} can write. */
    static Answer ok(@Nullable Object body) {
        return json(200, body);
    }

    static Answer json(int code, @Nullable Object body) {
        return new Answer(code, JSON, Buffer.buffer(Json.bytes(body)), Map.of());
    }

    /** Answers without a body. */
    static Answer empty(int code) {
        return new Answer(code, JSON, Buffer.buffer(), Map.of());
    }

    static Answer text(String mediaType, String text) {
        return new Answer(200, mediaType, Buffer.buffer(text), Map.of());
    }

    /** Answers with the body of errors: code, message, and what else is known. */
    static Answer error(int code, String message, Map<String, ? extends @Nullable Object> more) {
        Map<String, @Nullable Object> body = Shapes.object("error_code", code, "message", message);
        body.putAll(more);
        return json(code, body);
    }

    Answer withHeader(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Answer(code, mediaType, body, all);
    }
}
