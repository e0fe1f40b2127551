package dev.sluice.benchmark.bulk;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Sends the lines of a file as bulk requests, some at once, and looks only whether all went well: what the server allows. */
public final class RawBulk {
    private static final int BULK_BYTES = 5 * 1024 * 1024;
    private static final int LINE_BYTES = 64 * 1024;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Semaphore free;
    private final int requestsMax;
    private final URI uri;
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

    private RawBulk(String url, String index, int requestsMax) {
        this.uri = URI.create(url + "/" + index + "/_bulk?filter_path=errors");
        this.requestsMax = requestsMax;
        this.free = new Semaphore(requestsMax);
    }

    /** Takes address, index, file and how many requests may be under way. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        RawBulk load = new RawBulk(arguments[0], arguments[1], Integer.parseInt(arguments[3]));
        load.send(Path.of(arguments[2]));
        if (load.failure.get() != null) {
            System.err.println(load.failure.get());
            System.exit(1);
        }
    }

    private void send(Path file) throws IOException, InterruptedException {
        ByteArrayOutputStream bulk = new ByteArrayOutputStream(BULK_BYTES + LINE_BYTES);
        byte[] chunk = new byte[LINE_BYTES];
        long number = 0;
        boolean isLineStart = true;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (int length = in.read(chunk); length > 0; length = in.read(chunk)) {
                int from = 0;
                for (int i = 0; i < length; i++) {
                    if (chunk[i] != '\n') {
                        continue;
                    }
                    if (isLineStart) {
                        action(bulk, number++);
                    }
                    bulk.write(chunk, from, i + 1 - from);
                    from = i + 1;
                    isLineStart = true;
                    if (bulk.size() >= BULK_BYTES) {
                        submit(bulk);
                    }
                }
                if (from < length) {
                    if (isLineStart) {
                        action(bulk, number++);
                    }
                    bulk.write(chunk, from, length - from);
                    isLineStart = false;
                }
            }
        }
        submit(bulk);
        free.acquire(requestsMax);
    }

    private static void action(ByteArrayOutputStream bulk, long number) {
        bulk.writeBytes(("{\"index\":{\"_id\":\"lines+0+" + number + "\"}}\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void submit(ByteArrayOutputStream bulk) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bulk.toByteArray()))
                .build();
        bulk.reset();
        free.acquire();
        var unused = http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .whenComplete((answer, broken) -> {
                    if (broken != null) {
                        failure.set(broken.toString());
                    } else if (!answer.body().equals("{\"errors\":false}")) {
                        failure.set(answer.statusCode() + " " + answer.body());
                    }
                    free.release();
                });
    }
}
