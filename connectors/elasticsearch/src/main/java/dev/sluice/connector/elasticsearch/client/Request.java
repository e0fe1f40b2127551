package dev.sluice.connector.elasticsearch.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request to a cluster.
 *
 * @param method the HTTP method
 * @param path the path from {@code /} on, percent-encoded where names stand in it: see {@link #segment}
 * @param parameters query parameters, not encoded
 * @param mediaType what the body is
 * @param body the body in pieces that are sent one after the other without being copied; empty for none. Nobody may change their bytes
 *     until the answer is there
 * @param readTimeout how long a node may take to answer, or null for what the settings say
 */
public record Request(
        String method,
        String path,
        Map<String, String> parameters,
        String mediaType,
        List<ByteBuffer> body,
        @Nullable Duration readTimeout) {
    /** JSON, which every server generation takes, while the typed names of newer ones are refused by older ones. */
    public static final String JSON = "application/json";

    /** Lines of JSON, as bulk requests are. */
    public static final String LINES = "application/x-ndjson";

    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";

    /** Copies the collections in. */
    public Request {
        parameters = Map.copyOf(parameters);
        body = List.copyOf(body);
    }

    /** Creates a request that may take as long as the settings say. */
    public Request(
            String method, String path, Map<String, String> parameters, String mediaType, List<ByteBuffer> body) {
        this(method, path, parameters, mediaType, body, null);
    }

    /** Returns a request without a body. */
    public static Request of(String method, String path) {
        return new Request(method, path, Map.of(), JSON, List.of());
    }

    /** Returns a request with a JSON body. */
    public static Request json(String method, String path, String body) {
        return new Request(
                method, path, Map.of(), JSON, List.of(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8))));
    }

    /** Returns a copy with these query parameters. */
    public Request with(Map<String, String> newParameters) {
        return new Request(method, path, newParameters, mediaType, body, readTimeout);
    }

    /** Returns the size of the body. */
    public long bodyBytes() {
        long bytes = 0;
        for (ByteBuffer piece : body) {
            bytes += piece.remaining();
        }
        return bytes;
    }

    /** Encodes a name for the path: every byte but letters, digits and {@code -_.~} becomes {@code %XX}. */
    public static String segment(String name) {
        StringBuilder encoded = new StringBuilder(name.length());
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(each)) {
                encoded.append((char) each);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(each >> 4 & 0xF, 16)))
                        .append(Character.toUpperCase(Character.forDigit(each & 0xF, 16)));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(byte each) {
        return PLAIN.indexOf(each) >= 0;
    }

    /** Names method and path, never the body. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
