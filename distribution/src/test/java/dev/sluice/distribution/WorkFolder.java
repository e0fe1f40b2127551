package dev.sluice.distribution;

import dev.sluice.testkit.process.ProcessUnderTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A working folder in which the installation's launcher runs, one process after the other. Used by one thread; closing it
 * kills what still runs.
 */
final class WorkFolder implements AutoCloseable {
    /** How long a command may take that ends by itself, on a machine that is busy with other tests. */
    private static final Duration COMMAND_MAX = Duration.ofSeconds(60);

    private final Path folder;
    private final List<ProcessUnderTest> processes = new ArrayList<>();
    private String heap = "";

    /** Uses a folder, with a file {@code worker.properties} that takes any free port for REST. */
    WorkFolder(Path folder) throws IOException {
        this.folder = folder.toRealPath();
        worker();
    }

    /** Returns the path of a file in this folder. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** Writes a file of these lines, in place of an earlier one. */
    Path write(String name, String... lines) throws IOException {
        return Files.writeString(file(name), lines(lines));
    }

    /** Appends lines to a file, in one write. */
    void append(String name, String... lines) throws IOException {
        Files.writeString(file(name), lines(lines), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String lines(String... lines) {
        return lines.length == 0 ? "" : String.join("\n", lines) + "\n";
    }

    /** Sets the JVM's options for its heap, for what is started from now on. */
    void heap(String options) {
        heap = options;
    }

    /** Writes the worker file anew, with settings beside the free port for REST. */
    void worker(String... settings) throws IOException {
        write("worker.properties", "listeners=http://127.0.0.1:0", lines(settings));
    }

    /** Writes {@code <name>.properties}: a file source that reads into a topic. */
    void source(String name, String file, String topic, String... more) throws IOException {
        connector(name, "FileStreamSource", file, "topic=" + topic, more);
    }

    /** Writes {@code <name>.properties}: a file sink that reads from a topic. */
    void sink(String name, String topic, String file, String... more) throws IOException {
        connector(name, "FileStreamSink", file, "topics=" + topic, more);
    }

    /** Installs a source connector of the tests, with the classes inside it, below the folder {@code plugins}. */
    void plugin(Class<?> source, String... inner) throws IOException {
        Path target = Files.createDirectories(file("plugins/" + source.getSimpleName()));
        try (OutputStream file = Files.newOutputStream(target.resolve("plugin.jar"));
                ZipOutputStream jar = new ZipOutputStream(file)) {
            jar.putNextEntry(new ZipEntry("META-INF/services/dev.sluice.api.connector.SourceConnector"));
            jar.write(source.getName().getBytes(StandardCharsets.UTF_8));
            List<String> names = new ArrayList<>(List.of(inner));
            names.add(source.getSimpleName());
            for (String name : names) {
                jar.putNextEntry(new ZipEntry(source.getPackageName().replace('.', '/') + "/" + name + ".class"));
                try (InputStream bytes = Objects.requireNonNull(source.getResourceAsStream(name + ".class"))) {
                    bytes.transferTo(jar);
                }
            }
        }
    }

    private void connector(String name, String type, String file, String topic, String... more) throws IOException {
        write(
                name + ".properties",
                "name=" + name,
                "connector.class=" + type,
                "file=" + file,
                topic,
                "value.converter=StringConverter",
                lines(more));
    }

    /** Starts a worker with {@code worker.properties} and the files of these connectors; does not wait. */
    RunningWorker start(String... connectors) {
        List<String> words = new ArrayList<>(List.of("standalone", "worker.properties"));
        for (String connector : connectors) {
            words.add(connector + ".properties");
        }
        return launch(words.toArray(String[]::new));
    }

    /** Starts a worker as {@link #start}, which must refuse: it ends by itself. */
    Ran refused(String... connectors) {
        return start(connectors).end();
    }

    /** Starts the launcher with these words. */
    RunningWorker launch(String... words) {
        List<String> command =
                new ArrayList<>(List.of(Installation.HOME.resolve("bin/sluice").toString()));
        command.addAll(List.of(words));
        ProcessUnderTest process = ProcessUnderTest.command(command.toArray(String[]::new))
                .directory(folder)
                // Never what the environment of the build holds.
                .env("SLUICE_OPTS", "")
                .env("SLUICE_HEAP_OPTS", heap)
                .env("SLUICE_CACHE", "on")
                .env("SLUICE_LOG_DIR", "logs")
                .env("SLUICE_LOG_LEVEL", "warn")
                .start();
        processes.add(process);
        return new RunningWorker(process, COMMAND_MAX);
    }

    /** Returns the text of a file, whose last character may be half written; empty while there is none. */
    String content(String name) throws IOException {
        return Files.exists(file(name)) ? new String(Files.readAllBytes(file(name)), StandardCharsets.UTF_8) : "";
    }

    /** Returns the whole lines of a file; none while there is no such file. */
    List<String> contentLines(String name) throws IOException {
        String text = content(name);
        return List.of(text.substring(0, text.lastIndexOf('\n') + 1).split("\n", -1))
                .subList(0, count(text));
    }

    private static int count(String text) {
        return (int) text.chars().filter(character -> character == '\n').count();
    }

    /** Returns whether nobody listens on a port of this machine. */
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    @Override
    public void close() {
        processes.forEach(ProcessUnderTest::close);
    }
}
