package dev.sluice.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plugin.PluginKind;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.config.ConnectorFile;
import dev.sluice.runtime.config.InitialState;
import dev.sluice.runtime.config.WorkerConfig;
import dev.sluice.runtime.fake.FakePlugins;
import dev.sluice.runtime.fake.FakeWorld;
import dev.sluice.runtime.plugin.Plugins;
import dev.sluice.runtime.transport.Isolation;
import dev.sluice.runtime.transport.LogRecord;
import dev.sluice.runtime.transport.PartitionReader;
import dev.sluice.runtime.transport.RawHeader;
import dev.sluice.runtime.transport.ReadBatch;
import dev.sluice.testkit.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A whole worker with the fake plugins, in a temporary folder. An event loop that was blocked fails its end. */
final class TestingWorker implements AutoCloseable {
    private static final long LOOP_BLOCKED_MILLIS = 1_000;

    private final Map<String, String> settings = new HashMap<>();
    private final Plugins plugins;
    private final Queue<String> blocked = new ConcurrentLinkedQueue<>();
    private final Vertx vertx;
    private final Path folder;
    private Worker worker;

    private TestingWorker(Path folder, Map<String, String> given) {
        this.folder = folder;
        settings.put("broker.data.dir", folder.resolve("data").toString());
        settings.put("broker.offsets.topic.num.partitions", "1");
        settings.put("key.converter", "FakeText");
        settings.put("value.converter", "FakeText");
        settings.put("header.converter", "FakeText$InHeaders");
        settings.putAll(given);
        Path plugin = folder.resolve("plugins");
        plugins = Plugins.scan(Files.exists(plugin) ? List.of(plugin) : FakePlugins.in(folder), null);
        vertx = Vertx.vertx(new VertxOptions()
                .setBlockedThreadCheckInterval(100)
                .setEventLoopPoolSize(1)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
                .setMaxEventLoopExecuteTime(LOOP_BLOCKED_MILLIS));
        ((VertxInternal) vertx)
                .blockedThreadChecker()
                .setThreadBlockedHandler(event -> blocked.add(event.thread() + " for " + event.duration() + " ns"));
        worker = Worker.start(WorkerConfig.parse(settings), plugins, vertx);
    }

    /** Starts a worker on the data of a folder; settings beside those of the test come in pairs. */
    static TestingWorker in(Path folder, String... settings) {
        return new TestingWorker(folder, pairs(settings));
    }

    static Map<String, String> pairs(String... settings) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        return map;
    }

    /** A connector as a file would describe it; settings in pairs. */
    static ConnectorFile file(String name, PluginKind kind, String... settings) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("name", name);
        config.put("connector.class", kind == PluginKind.SOURCE ? "FakeSource" : "FakeSink");
        config.put("tasks.max", "4");
        config.put("world", name);
        if (kind == PluginKind.SINK) {
            config.put("topics", "lines");
        }
        config.putAll(pairs(settings));
        config.values().removeIf(String::isEmpty);
        return new ConnectorFile(Path.of(name + ".properties"), name, config, InitialState.RUNNING, List.of());
    }

    static ConnectorFile source(String name, String... settings) {
        return file(name, PluginKind.SOURCE, settings);
    }

    static ConnectorFile sink(String name, String... settings) {
        return file(name, PluginKind.SINK, settings);
    }

    /** Applies files and waits until they are stored; returns the notes. */
    List<String> apply(ConnectorFile... files) {
        return worker.herder().applyFiles(List.of(files), Prune.KEEP_OTHERS).join();
    }

    Herder herder() {
        return worker.herder();
    }

    Worker worker() {
        return worker;
    }

    ConnectorView connector(String name) {
        return worker.herder()
                .view()
                .connector(name)
                .orElseThrow(() -> new AssertionError("there is no connector " + name));
    }

    TaskView task(String name, int index) {
        return connector(name).tasks().get(index);
    }

    void awaitTask(String name, RunState state) {
        Waiting.until(
                "task 0 of " + name + " is " + state,
                () -> !connector(name).tasks().isEmpty()
                        && task(name, 0).status().state() == state);
    }

    void awaitConnector(String name, RunState state) {
        Waiting.until(name + " is " + state, () -> connector(name).status().state() == state);
    }

    static void awaitOutput(FakeWorld world, int count) {
        Waiting.until(count + " records are written", () -> world.output().size() >= count);
    }

    /** Returns the values that a sink wrote, in order. */
    static List<String> values(FakeWorld world) {
        return world.output().stream()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
    }

    /** Returns the records of partition 0 of a topic, those of aborted transactions left out; none where there is none. */
    List<LogRecord> records(String topic) {
        List<LogRecord> records = new ArrayList<>();
        Optional<PartitionReader> found =
                worker.transport().reader(new TopicPartition(topic, 0), Isolation.READ_COMMITTED, () -> {});
        if (found.isEmpty()) {
            return records;
        }
        try (PartitionReader reader = found.get()) {
            long offset = reader.startOffset();
            while (offset < reader.endOffset()) {
                ReadBatch read = reader.read(offset, 1_000, 1 << 20);
                records.addAll(read.records());
                offset = read.nextOffset();
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        return records;
    }

    /** Returns the values of the records of partition 0 of a topic, as texts. */
    List<String> texts(String topic) {
        return records(topic).stream()
                .map(record ->
                        new String(Objects.requireNonNullElse(record.value(), new byte[0]), StandardCharsets.UTF_8))
                .toList();
    }

    /** Returns the headers of a record, as texts. */
    static Map<String, String> headers(LogRecord record) {
        Map<String, String> headers = new TreeMap<>();
        for (RawHeader header : record.headers()) {
            headers.put(
                    header.key(),
                    new String(Objects.requireNonNullElse(header.value(), new byte[0]), StandardCharsets.UTF_8));
        }
        return headers;
    }

    /**
     * Copies the data while it changes, as a killed process would leave it, into a folder for another worker. Offsets are
     * copied before the records that they stand for, so that the copy is never further than the data in it.
     */
    Path copyTo(Path target) {
        Path data = folder.resolve("data");
        try (Stream<Path> children = Files.list(data)) {
            List<Path> sorted = children.sorted(Comparator.comparing((Path path) ->
                                    !path.getFileName().toString().contains("offsets"))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
            for (Path child : sorted) {
                copy(child, target.resolve("data").resolve(child.getFileName()));
            }
            return target;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                try {
                    Files.copy(file, to.resolve(from.relativize(file)));
                } catch (NoSuchFileException renamed) {
                    return FileVisitResult.CONTINUE; // A temporary file of a checkpoint has got its name.
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failed) {
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Stops the worker and starts it again on the same data. */
    void restart() {
        worker.close();
        worker = Worker.start(WorkerConfig.parse(settings), plugins, vertx);
    }

    @Override
    public void close() {
        worker.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        plugins.close();
        assertThat(new ArrayList<>(blocked)).as("blocked event loops").isEmpty();
    }
}
