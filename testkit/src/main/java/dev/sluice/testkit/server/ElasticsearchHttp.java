package dev.sluice.testkit.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Small requests to a server, one after the other. On {@link HttpURLConnection}, as it starts no threads, which some tests
 * count.
 *
 * @param url the server
 * @param authorization the header; null for none
 * @param tls who is trusted; null without TLS
 */
record ElasticsearchHttp(
        String url,
        @Nullable String authorization,
        @Nullable SSLSocketFactory tls) {
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final int LIMIT_MILLIS = 60_000;

    ElasticsearchAnswer call(String method, String path, @Nullable String body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url + path).toURL().openConnection();
        if (connection instanceof HttpsURLConnection https && tls != null) {
            https.setSSLSocketFactory(tls);
        }
        try {
            connection.setRequestMethod(method);
            connection.setConnectTimeout(LIMIT_MILLIS);
            connection.setReadTimeout(LIMIT_MILLIS);
            if (authorization != null) {
                connection.setRequestProperty("Authorization", authorization);
            }
            if (body != null) {
                send(connection, body);
            }
            int status = connection.getResponseCode();
            try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                return new ElasticsearchAnswer(
                        status, in == null ? MissingNode.getInstance() : parse(in.readAllBytes()));
            }
        } finally {
            connection.disconnect();
        }
    }

    private static void send(HttpURLConnection connection, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        // One type for all: bulk lines are read as such too.
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        // Streamed, since a request that is kept may be sent a second time when its connection breaks.
        connection.setFixedLengthStreamingMode(bytes.length);
        connection.getOutputStream().write(bytes);
    }

    private static JsonNode parse(byte[] bytes) throws IOException {
        try {
            return bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(bytes);
        } catch (JsonProcessingException noJson) {
            return TextNode.valueOf(new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
