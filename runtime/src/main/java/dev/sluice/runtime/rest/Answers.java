package dev.sluice.runtime.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers. A body is made of maps, iterables, texts, numbers, truth values and nulls, and is written by Jackson's
 * generator: data binding would cost a start a tenth of a second.
 */
final class Answers {
    private static final JsonFactory JSON = new JsonFactory();

    private Answers() {}

    static void send(HttpServerRequest request, int code, @Nullable Object body) {
        HttpServerResponse response = request.response();
        if (response.ended()) {
            return;
        }
        byte[] bytes = bytes(body);
        response.setStatusCode(code)
                .putHeader("Content-Type", "application/json")
                .putHeader("Content-Length", Integer.toString(bytes.length));
        Future<Void> sent =
                request.method().equals(HttpMethod.HEAD) ? response.end() : response.end(Buffer.buffer(bytes));
        // The outcome is the client's affair: one that has gone needs no answer.
        sent.onFailure(gone -> response.reset());
    }

    static void sendError(HttpServerRequest request, int code, String message) {
        send(request, code, Shapes.object("error_code", code, "message", message));
    }

    static void sendStarting(HttpServerRequest request) {
        sendError(request, 503, "The worker is starting.");
    }

    static byte[] bytes(@Nullable Object body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator generator = JSON.createGenerator(out)) {
            write(generator, body);
        } catch (IOException e) {
            throw new UncheckedIOException("memory should be writable", e);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                generator.writeFieldName(String.valueOf(entry.getKey()));
                write(generator, entry.getValue());
            }
            generator.writeEndObject();
            return;
        }
        if (value instanceof Iterable<?> list) {
            generator.writeStartArray();
            for (Object element : list) {
                write(generator, element);
            }
            generator.writeEndArray();
            return;
        }
        generator.writePOJO(value); // without data binding: texts, numbers, truth values, null
    }
}
