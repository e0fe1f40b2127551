package dev.sluice.conformance.connect;

import dev.sluice.testkit.process.ProcessUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A process of the installation: {@code sluice standalone} without connector files. Closing it kills it if it still runs. */
final class SluiceWorker implements AutoCloseable {
    private static final Path LAUNCHER = Path.of("..", "distribution", "target", "sluice", "bin", "sluice")
            .toAbsolutePath()
            .normalize();
    private static final String REST = "  REST ";
    private static final Duration START_MAX = Duration.ofMinutes(2);

    private final ProcessUnderTest process;
    private final URI base;

    private SluiceWorker(ProcessUnderTest process, URI base) {
        this.process = process;
        this.base = base;
    }

    /**
     * Starts a worker and waits until it runs.
     *
     * @param folder works there; one that an earlier worker left is taken over
     * @param more settings beside the usual ones
     */
    static SluiceWorker start(Path folder, Map<String, String> more) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "listeners", "http://127.0.0.1:0",
                "key.converter", "org.apache.kafka.connect.storage.StringConverter",
                "value.converter", "org.apache.kafka.connect.storage.StringConverter",
                "offset.flush.interval.ms", "500"));
        settings.putAll(more);
        List<String> lines = new ArrayList<>();
        settings.forEach((name, value) -> lines.add(name + "=" + value));
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve("worker.properties"), lines);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot write the settings of a worker.", failed);
        }
        ProcessUnderTest process = ProcessUnderTest.command(LAUNCHER.toString(), "standalone", "worker.properties")
                .directory(folder)
                .env("SLUICE_OPTS", "")
                .env("SLUICE_HEAP_OPTS", "")
                .env("SLUICE_LOG_DIR", "logs")
                .start();
        String line = process.awaitLine(printed -> printed.startsWith(REST), START_MAX);
        return new SluiceWorker(
                process, URI.create(line.substring(REST.length()).strip()));
    }

    /** Returns what sends requests to it. */
    Caller caller() {
        return new Caller(base);
    }

    List<String> output() {
        return process.output();
    }

    /** Ends it as {@code kill -9} does. */
    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}
