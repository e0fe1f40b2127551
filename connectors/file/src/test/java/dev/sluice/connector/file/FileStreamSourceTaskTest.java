package dev.sluice.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.api.data.Encoded;
import dev.sluice.api.data.Schema;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.fake.FakeErrantRecords;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileStreamSourceTaskTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("in.txt");
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Map<String, String> settings(String... more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("file", file.toString());
        settings.put("topic", "lines");
        settings.put("poll.interval.ms", "2");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    private SourceTaskHarness start(String... more) {
        return SourceTaskHarness.start(new FileStreamSourceConnector(), settings(more));
    }

    private static List<String> texts(List<SourceRecord> records) {
        return records.stream()
                .map(record -> String.valueOf(record.value().value()))
                .toList();
    }

    @Test
    void makesRecordsAndOffsetsInKafkaConnectsForm() throws IOException {
        append("é\n");
        try (SourceTaskHarness task = start()) {
            SourceRecord record = task.read(1).get(0);
            assertThat(record.topic()).isEqualTo("lines");
            assertThat(record.key().isNull()).isTrue();
            assertThat(record.value().schema()).isEqualTo(Schema.STRING);
            assertThat(record.value().value()).isEqualTo("é");
            assertThat(record.position().partition()).isEqualTo(Map.of("filename", file.toString()));
            assertThat(record.position().offset().get("position")).isEqualTo(3L);
            assertThat(record.position().offset().keySet())
                    .containsExactlyInAnyOrder("position", "inode", "headBytes", "headCrc32");
        }
    }

    @Test
    void passesTheBytesOfUtf8On() throws IOException {
        byte[] malformed = {'a', (byte) 0xff, 'b', '\n'};
        Files.write(file, malformed);
        try (SourceTaskHarness task = start()) {
            SourceRecord record = task.read(1).get(0);
            assertThat(record.value().encodedAs(Encoded.UTF8_TEXT)).hasValue(new byte[] {'a', (byte) 0xff, 'b'});
            assertThat(record.value().value()).isEqualTo("a\ufffdb");
        }
    }

    @Test
    void decodesOtherCharsets() throws IOException {
        Files.write(file, "grüße\n".getBytes(StandardCharsets.ISO_8859_1));
        try (SourceTaskHarness task = start("charset", "ISO-8859-1")) {
            assertThat(texts(task.read(1))).containsExactly("grüße");
        }
    }

    @Test
    void boundsBatchesByRecords() throws IOException {
        append("1\n2\n3\n4\n5\n");
        try (SourceTaskHarness task = start("batch.size", "2")) {
            assertThat(texts(task.poll())).containsExactly("1", "2");
            assertThat(texts(task.poll())).containsExactly("3", "4");
            assertThat(texts(task.poll())).containsExactly("5");
        }
    }

    @Test
    void boundsBatchesByBytesButLetsALongerLineGoAlone() throws IOException {
        append("1234\n12345\n123456789012\n1\n");
        try (SourceTaskHarness task = start("batch.bytes.max", "9")) {
            assertThat(texts(task.poll())).containsExactly("1234", "12345");
            assertThat(texts(task.poll())).containsExactly("123456789012");
            assertThat(texts(task.poll())).containsExactly("1");
        }
    }

    @Test
    void takesALineAtTheLimitAndFailsAtTheNextByte() throws IOException {
        append("12345678\nshort\n123456789\nafter\n");
        try (SourceTaskHarness task = start("line.bytes.max", "8")) {
            assertThat(texts(task.read(2))).containsExactly("12345678", "short");
            assertThatThrownBy(task::poll)
                    .isInstanceOf(DataException.class)
                    .hasMessage(
                            "Cannot read a line of " + file + ", at byte 15: it has more than line.bytes.max=8 bytes."
                                    + " Raise line.bytes.max, or tolerate errors to leave such lines out.");
        }
    }

    @Test
    void reportsALongLineAndGoesOnBehindItWhereErrorsAreTolerated() throws IOException {
        String longLine = "x".repeat(3 * LineBuffer.BLOCK_BYTES_MAX);
        append("before\n" + longLine + "\r\nafter\n");
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        FakeErrantRecords errant = context.tolerateErrors(1);
        try (SourceTaskHarness task = SourceTaskHarness.start(
                new FileStreamSourceConnector(), settings("line.bytes.max", "8"), context, Waiting.PATIENCE)) {
            assertThat(texts(task.read(2))).containsExactly("before", "after");
        }
        assertThat(errant.reports()).singleElement().satisfies(report -> {
            assertThat(report.failure()).hasMessageContaining("at byte 7: it has more than line.bytes.max=8 bytes");
            assertThat(String.valueOf(report.record().value().value())).startsWith("xxx");
        });
        assertThat(context.advances())
                .singleElement()
                .satisfies(position ->
                        assertThat(position.offset().get("position")).isEqualTo(7L + longLine.length() + 2));
    }

    @Test
    void needsNoMoreMemoryForMoreLines() {
        LineBuffer buffer = new LineBuffer(LineFormat.of(StandardCharsets.UTF_8).orElseThrow(), 1 << 20);
        byte[] block = "0123456789\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 2_000; round++) {
            int count = Math.min(buffer.room().remaining(), block.length);
            buffer.room().put(block, 0, count);
            buffer.filled(count);
            while (buffer.find(false) == LineBuffer.Found.LINE) {
                buffer.take(buffer.takenBytes());
            }
        }
        assertThat(buffer.bytes()).hasSizeLessThanOrEqualTo(LineBuffer.BLOCK_BYTES_MAX);
    }

    @Test
    void givesTheMemoryOfAVeryLongLineBack() throws IOException {
        append("x".repeat(10 * LineBuffer.BLOCK_BYTES_MAX) + "\n");
        try (TailFixture tail = new TailFixture(file)) {
            assertThat(tail.tail().buffer().bytes()).hasSize(LineBuffer.BLOCK_BYTES_MIN);
            FileSourceConfig config = new FileSourceConfig(
                    file.toString(),
                    "lines",
                    1,
                    1,
                    100 * LineBuffer.BLOCK_BYTES_MAX,
                    StandardCharsets.UTF_8,
                    LookPace.fixed(1));
            LineBuffer buffer =
                    new LineBuffer(LineFormat.of(StandardCharsets.UTF_8).orElseThrow(), config.lineBytesMax());
            FileTail longTail = new FileTail(config, file.toString(), buffer, null, System::nanoTime, tail.member());
            longTail.look();
            assertThat(longTail.next()).isEqualTo(LineBuffer.Found.LINE);
            assertThat(buffer.lineBytes()).isEqualTo(10 * LineBuffer.BLOCK_BYTES_MAX);
            longTail.take();
            assertThat(longTail.next()).isEqualTo(LineBuffer.Found.NONE);
            assertThat(buffer.bytes()).hasSize(LineBuffer.BLOCK_BYTES_MAX);
            assertThat(longTail.next()).isEqualTo(LineBuffer.Found.NONE);
            assertThat(buffer.bytes()).hasSize(LineBuffer.BLOCK_BYTES_MIN);
            longTail.close();
        }
    }

    @Test
    void refusesADirectory() {
        file = folder;
        assertThatThrownBy(this::start)
                .isInstanceOf(ConnectorException.class)
                .hasMessage("Cannot read lines from " + folder + ": it is a directory, not a regular file."
                        + " Set file to a regular file, or leave it out to read standard input.");
        assertThat(new FileStreamSourceConnector()
                        .validate(settings(), new ValidationProbe(true, Duration.ofSeconds(1), List.of()))
                        .errors())
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo("file"));
    }

    @Test
    void refusesAFileThatItMayNotRead() throws IOException {
        append("secret\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "this user may read everything");
        assertThatThrownBy(this::start)
                .isInstanceOf(ConnectorException.class)
                .hasMessage("Cannot read lines from " + file + ": this process may not access it (permission denied)."
                        + " Grant read access to this process or set file to another one.");
    }

    @Test
    void hasWordsForMissingPermission() {
        assertThat(FileFacts.words(new AccessDeniedException("x")))
                .isEqualTo("this process may not access it (permission denied)");
    }

    @Test
    void goesOnAfterAKill() throws IOException {
        append("1\n2\n3\n");
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        SourceTaskHarness killed =
                SourceTaskHarness.start(new FileStreamSourceConnector(), settings(), context, Waiting.PATIENCE);
        List<SourceRecord> records = killed.read(3);
        killed.commit(records.subList(0, 2));
        try (SourceTaskHarness task = SourceTaskHarness.start(
                new FileStreamSourceConnector(), settings(), context.restarted(), Waiting.PATIENCE)) {
            assertThat(texts(task.read(1))).containsExactly("3");
        }
        killed.close();
    }

    @Test
    void usesNextToNoProcessorTimeWhenIdle() throws IOException {
        append("1\n");
        try (SourceTaskHarness task = start("poll.interval.ms", "100")) {
            assertThat(task.read(1)).hasSize(1);
            Duration before = task.thread().cpuTime();
            assertThat(task.poll()).isEmpty();
            assertThat(task.thread().cpuTime().minus(before)).isLessThan(Duration.ofMillis(50));
        }
    }

    @Test
    void readsStandardInput() {
        InputStream original = System.in;
        System.setIn(new ByteArrayInputStream("one\ntwo\nthr".getBytes(StandardCharsets.UTF_8)));
        try (SourceTaskHarness task = SourceTaskHarness.start(
                new FileStreamSourceConnector(), Map.of("topic", "lines", "poll.interval.ms", "1"))) {
            assertThat(texts(task.read(2))).containsExactly("one", "two");
            assertThat(task.readRest()).isEmpty();
        } finally {
            System.setIn(original);
        }
    }

    @Test
    void reportsProgressInBytes() throws IOException {
        append("one\ntwo\n");
        try (SourceTaskHarness task = start()) {
            assertThat(task.read(2)).hasSize(2);
            assertThat(task.readRest()).isEmpty();
            assertThat(task.context().progressReports()).last().satisfies(progress -> {
                assertThat(progress.what()).isEqualTo(file.toString());
                assertThat(progress.done()).isEqualTo(8);
                assertThat(progress.total()).hasValue(8);
                assertThat(progress.unit()).isEqualTo("bytes");
            });
        }
    }

    @Test
    void refusesAStoredOffsetThatIsNoPosition() {
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        context.offsets().store(new SourcePosition(Map.of("filename", file.toString()), Map.of("position", "4")));
        assertThatThrownBy(() ->
                        SourceTaskHarness.start(new FileStreamSourceConnector(), settings(), context, Waiting.PATIENCE))
                .isInstanceOf(ConnectorException.class)
                .hasMessage("Cannot use offset {position=4}: its position must be a whole number of bytes, at least 0."
                        + " Alter the offset to {\"position\": <bytes>} or reset it.");
    }
}
