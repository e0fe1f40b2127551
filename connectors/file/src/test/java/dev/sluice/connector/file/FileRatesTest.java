package dev.sluice.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.connector.SinkTask;
import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.data.Encoded;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.testkit.fake.FakeSinkTaskContext;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures lines of 200 bytes per second of the task thread's processor time, and checks the goal of one million. Run
 * alone: {@code mvn test -pl connectors/file -Dtest=FileRatesTest -Dsluice.rates=true}.
 */
@EnabledIfSystemProperty(named = "sluice.rates", matches = "true")
final class FileRatesTest {
    private static final int LINES = 2_000_000;
    private static final int ROUNDS = 5;
    private static final byte[] LINE = "x".repeat(199).getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    /** The work that is measured. */
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void assertRate(String what, Work work) throws IOException, InterruptedException {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            work.run();
            long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
            double rate = LINES * 1e9 / nanos;
            best = Math.max(best, rate);
            System.out.printf("%s: %.2f million lines per CPU second%n", what, rate / 1e6);
        }
        assertThat(best).as("lines per CPU second of %s", what).isGreaterThan(1e6);
    }

    @Test
    void polls() throws Exception {
        Path file = folder.resolve("in.txt");
        try (OutputStream output = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < LINES; i++) {
                output.write(LINE);
                output.write('\n');
            }
        }
        assertRate("poll", () -> {
            SourceTask task = new FileStreamSourceTask();
            task.start(
                    new FakeSourceTaskContext(),
                    FileSourceConfig.SPEC.parse(Map.of("file", file.toString(), "topic", "lines")));
            int count = 0;
            while (count < LINES) {
                count += task.poll().size();
            }
            task.stop();
        });
    }

    @Test
    void puts() throws Exception {
        Path file = folder.resolve("out.txt");
        List<SinkRecord> batch = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Encoded encoded = new Encoded(LINE.clone(), Encoded.UTF8_TEXT);
            batch.add(SinkRecord.of(
                    new RecordCoordinates(new TopicPartition("lines", 0), i),
                    SchemaAndValue.undecoded(
                            encoded, bytes -> SchemaAndValue.string(new String(bytes, StandardCharsets.UTF_8)))));
        }
        assertRate("put", () -> {
            Files.deleteIfExists(file);
            SinkTask task = new FileStreamSinkTask();
            task.start(new FakeSinkTaskContext(), FileSinkConfig.SPEC.parse(Map.of("file", file.toString())));
            for (int count = 0; count < LINES; count += batch.size()) {
                task.put(batch);
            }
            task.stop();
        });
    }
}
