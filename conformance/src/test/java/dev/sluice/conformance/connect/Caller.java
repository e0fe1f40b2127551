package dev.sluice.conformance.connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends requests to one worker. Any thread may use it. */
final class Caller {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(100);
    private static final List<String> HEADERS = List.of(
            "Content-Type",
            "Location",
            "Allow",
            "WWW-Authenticate",
            "Access-Control-Allow-Origin",
            "Access-Control-Allow-Methods");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    /** Sends to a worker at {@code http://host:port}. */
    Caller(URI base) {
        this.base = base;
    }

    URI base() {
        return base;
    }

    Answer get(String path) {
        return send("GET", path, Map.of(), null);
    }

    Answer send(String method, String path) {
        return send(method, path, Map.of(), null);
    }

    Answer send(String method, String path, String body) {
        return send(method, path, Map.of(), body);
    }

    /**
     * Sends a request and waits for the answer.
     *
     * @param path as it is sent, encoded
     * @param headers beside the content type of JSON, which a body gets; an empty value takes a header away
     * @param body null for none
     */
    Answer send(String method, String path, Map<String, String> headers, @Nullable String body) {
        Map<String, String> all = new LinkedHashMap<>();
        if (body != null) {
            all.put("Content-Type", "application/json");
        }
        all.putAll(headers);
        BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(ANSWER_MAX)
                .method(method, publisher);
        all.forEach((name, value) -> {
            if (!value.isEmpty()) {
                request.header(name, value);
            }
        });
        try {
            return answer(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException failed) {
            throw new UncheckedIOException("No answer to " + method + " " + path + ".", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted during " + method + " " + path + ".", interrupted);
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : HEADERS) {
            response.headers().firstValue(name).ifPresent(value -> headers.put(name, value));
        }
        return new Answer(response.statusCode(), headers, Json.body(response.body()));
    }
}
