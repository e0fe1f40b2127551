package dev.sluice.conformance.connect;

import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.process.ProcessUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A running worker of Kafka Connect in a process of its own. */
final class PeerWorker implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofMinutes(3);

    private final ProcessUnderTest process;
    private final URI base;
    private final Map<String, String> topics;

    /** The two ways to run it. */
    enum Mode {
        STANDALONE("org.apache.kafka.connect.cli.ConnectStandalone"),
        DISTRIBUTED("org.apache.kafka.connect.cli.ConnectDistributed");

        private final String main;

        Mode(String main) {
            this.main = main;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private PeerWorker(ProcessUnderTest process, URI base, Map<String, String> topics) {
        this.process = process;
        this.base = base;
        this.topics = topics;
    }

    /**
     * Starts a worker and waits until it is healthy.
     *
     * @param peer the folder with {@code lib} and {@code plugins}
     * @param folder a new one, for its files
     * @param bootstrap the broker's address
     * @param more settings beside the usual ones
     */
    static PeerWorker start(Mode mode, Path peer, Path folder, String bootstrap, Map<String, String> more) {
        URI base = URI.create("http://127.0.0.1:" + freePort());
        Map<String, String> settings = new TreeMap<>(Map.of(
                "bootstrap.servers",
                bootstrap,
                "listeners",
                base.toString(),
                "plugin.path",
                peer.resolve("plugins").toString(),
                "plugin.discovery",
                "service_load",
                "key.converter",
                "org.apache.kafka.connect.storage.StringConverter",
                "value.converter",
                "org.apache.kafka.connect.storage.StringConverter",
                "offset.flush.interval.ms",
                "500"));
        if (mode == Mode.STANDALONE) {
            settings.put(
                    "offset.storage.file.filename",
                    folder.resolve("connect.offsets").toString());
        } else {
            // One group and set of topics a folder: each of these workers begins empty.
            settings.put("group.id", "peer-" + folder.getFileName());
            topics(folder).forEach((store, topic) -> {
                settings.put(store + ".storage.topic", topic);
                settings.put(store + ".storage.replication.factor", "1");
            });
        }
        settings.putAll(more);
        ProcessUnderTest process = start(mode, peer, folder, settings);
        Caller caller = new Caller(base);
        Waiting.until(mode.word() + " is healthy", START_MAX, () -> isHealthy(process, caller));
        return new PeerWorker(process, base, topics(folder));
    }

    private static ProcessUnderTest start(Mode mode, Path peer, Path folder, Map<String, String> settings) {
        List<String> lines = new ArrayList<>();
        settings.forEach((name, value) -> lines.add(name + "=" + value));
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve("worker.properties"), lines);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot write the settings of a worker.", failed);
        }
        return ProcessUnderTest.command(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "-Dlog4j2.configurationFile=" + peer.resolve("log4j2.properties"),
                        "-cp",
                        peer.resolve("lib") + "/*",
                        mode.main,
                        folder.resolve("worker.properties").toString())
                .directory(folder)
                .start();
    }

    private static boolean isHealthy(ProcessUnderTest process, Caller caller) {
        if (!process.isAlive()) {
            throw new AssertionError("The worker ended:\n" + String.join("\n", process.output()));
        }
        try {
            return caller.get("/health").status() == 200;
        } catch (UncheckedIOException notYet) {
            Waiting.pause(Duration.ofMillis(200));
            return false;
        }
    }

    /** Returns a port that nobody listens on. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot find a free port.", failed);
        }
    }

    private static Map<String, String> topics(Path folder) {
        return Stream.of("config", "offset", "status")
                .collect(Collectors.toMap(store -> store, store -> folder.getFileName() + "-" + store));
    }

    /** Returns the names of a distributed worker's topics, by what they hold. */
    Map<String, String> topics() {
        return topics;
    }

    URI base() {
        return base;
    }

    /** Kills it: a worker whose loggers have no listener would not end when asked. */
    @Override
    public void close() {
        process.close();
    }
}
