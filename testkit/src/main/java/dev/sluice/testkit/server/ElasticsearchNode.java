package dev.sluice.testkit.server;

import dev.sluice.testkit.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A node as a child process: started, killed, and started again on the same data and port. It ends with the JVM that started
 * it, however that ends, since its standard input does.
 */
final class ElasticsearchNode {
    /** Ten seconds on an idle machine; a minute was seen on a busy one. */
    private static final Duration START = Duration.ofMinutes(4);

    private static final Duration STOP = Duration.ofSeconds(30);

    private final ElasticsearchSetup setup;
    private final Path folder;
    private final Process process;
    private final int port;

    private ElasticsearchNode(ElasticsearchSetup setup, Path folder, Process process) {
        this.setup = setup;
        this.folder = folder;
        this.process = process;
        this.port = Waiting.untilPresent("Elasticsearch listens", START, this::boundPort);
    }

    /** Starts a node in an empty folder, which holds all that the node reads and writes. */
    static ElasticsearchNode start(ElasticsearchSetup setup, Path folder) {
        try {
            setup.writeConfig(Files.createDirectories(folder.resolve("config")));
            setup.writePlugins(Files.createDirectories(folder.resolve("plugins")));
            return start(setup, folder, 0);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot start an Elasticsearch in " + folder + ".", failed);
        }
    }

    private static ElasticsearchNode start(ElasticsearchSetup setup, Path folder, int port) throws IOException {
        Path logs = Files.createDirectories(folder.resolve("logs"));
        assert logs.equals(ports(folder).getParent());
        Files.deleteIfExists(ports(folder));
        Process process = new ProcessBuilder(command(setup, folder, port))
                .redirectErrorStream(true)
                .redirectOutput(output(folder).toFile())
                .start();
        return new ElasticsearchNode(setup, folder, process);
    }

    private static List<String> command(ElasticsearchSetup setup, Path folder, int port) throws IOException {
        ElasticsearchKind kind = setup.kind();
        List<String> command = new ArrayList<>();
        command.add(kind.java().toString());
        command.addAll(setup.jvm());
        command.addAll(kind.program().classes(kind.home()));
        command.add(program(kind, folder).toString());
        command.add(kind.home().toString());
        command.add(folder.resolve("config").toString());
        command.add(folder.resolve("plugins").toString());
        command.addAll(List.of(
                "path.data=" + folder.resolve("data"),
                "path.logs=" + folder.resolve("logs"),
                "node.portsfile=true",
                "http.port=" + port));
        setup.settings().forEach((name, value) -> command.add(name + "=" + value));
        return command;
    }

    /** Java runs a source file, so that no class of the server is ever on the class path of a test or of this module. */
    private static Path program(ElasticsearchKind kind, Path folder) throws IOException {
        return ServerFiles.copyResource(kind.program().source(), folder);
    }

    /** Where the node writes the addresses that it listens at, one a line. */
    private static Path ports(Path folder) {
        return folder.resolve("logs").resolve("http.ports");
    }

    private static Path output(Path folder) {
        return folder.resolve("output.log");
    }

    private Optional<Integer> boundPort() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "Elasticsearch ended while it started:\n" + Files.readString(output(folder)));
        }
        if (!Files.exists(ports(folder))) {
            return Optional.empty();
        }
        return Files.readAllLines(ports(folder)).stream()
                .map(address -> Integer.valueOf(address.substring(address.lastIndexOf(':') + 1)))
                .findFirst();
    }

    int port() {
        return port;
    }

    /** Ends the node at once, as {@code kill -9} does. */
    void kill() {
        boolean asked = process.destroyForcibly().isAlive();
        Waiting.until("the killed Elasticsearch is gone", () -> !process.isAlive());
        assert asked || !process.isAlive();
    }

    /** Starts an ended node again on its data and at its port. */
    ElasticsearchNode again() {
        if (process.isAlive()) {
            throw new IllegalStateException(
                    "Cannot start the Elasticsearch at port " + port + " again: it runs. Kill it first.");
        }
        try {
            return start(setup, folder, port);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot start the Elasticsearch in " + folder + " again.", failed);
        }
    }

    /** Ends the node and deletes what it wrote. */
    void end() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (IOException alreadyClosed) {
            kill();
        } catch (InterruptedException interrupted) {
            kill();
            Thread.currentThread().interrupt();
        }
        ServerFiles.delete(folder);
    }
}
