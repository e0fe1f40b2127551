package dev.sluice.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.process.ProcessUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A process of the installation, with its terminal and its REST. Used by one thread. */
final class RunningWorker {
    private static final String REST_LABEL = "  REST ";
    private static final String RUNNING = "Stop with Ctrl-C.";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final ProcessUnderTest process;
    private final Duration limit;

    RunningWorker(ProcessUnderTest process, Duration limit) {
        this.process = process;
        this.limit = limit;
    }

    /**
     * What REST answered.
     *
     * @param code HTTP's
     * @param json the body
     */
    record Answer(int code, JsonNode json) {}

    /** Waits until the terminal names the address of REST, and returns it. */
    URI address() {
        String line = awaitLine(REST_LABEL);
        return URI.create(line.substring(REST_LABEL.length()).strip());
    }

    /** Waits until the terminal has shown a line that holds this text. */
    String awaitLine(String text) {
        return process.awaitLine(line -> line.contains(text), limit);
    }

    /** Asks REST. */
    Answer get(String path) {
        return send("GET", path, "");
    }

    /** Tells REST something; the body is JSON or empty. */
    Answer send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(address().resolve(path))
                .timeout(limit)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
        } catch (IOException failed) {
            throw new UncheckedIOException("No answer to " + path + ". The output:\n" + output(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + path + ".", interrupted);
        }
    }

    /** Waits until the only task of a connector is in a state, and returns the status. */
    JsonNode awaitTask(String connector, String state) {
        String path = "/connectors/" + connector + "/status";
        Waiting.until(
                "task 0 of " + connector + " is " + state,
                limit,
                () -> get(path).json().at("/tasks/0/state").asText().equals(state));
        return get(path).json();
    }

    /** Presses Ctrl-C, or sends SIGTERM where this build was started with SIGINT ignored, as background jobs are. */
    private void interrupt() throws IOException, InterruptedException {
        if (ignoresInterrupts()) {
            process.terminate();
            return;
        }
        int code = new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new AssertionError("Cannot interrupt process " + process.pid() + ": kill ended with " + code + ".");
        }
    }

    private boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(
                                        line.substring("SigIgn:".length()).strip(), 16)
                                & 2)
                        != 0);
    }

    /** Presses Ctrl-C once the worker runs, and waits for the end. */
    Ran stop() throws IOException, InterruptedException {
        awaitLine(RUNNING);
        interrupt();
        return end();
    }

    /** Presses Ctrl-C now, and waits for the end. */
    Ran interrupted() throws IOException, InterruptedException {
        interrupt();
        return end();
    }

    /** Waits for the end, which comes by itself. */
    Ran end() {
        return new Ran(process.awaitExit(limit), output());
    }

    /** Ends the process as {@code kill -9} does. */
    void kill() {
        process.kill();
    }

    long pid() {
        return process.pid();
    }

    /** Returns what the terminal showed up to now. */
    String output() {
        return String.join("\n", process.output()) + "\n";
    }
}
