package dev.sluice.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.sluice.api.connector.SinkTask;
import dev.sluice.api.data.Encoded;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.testkit.fake.FakeSinkTaskContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class FileStreamSinkTaskTest {
    private static final TopicPartition PARTITION = new TopicPartition("lines", 0);

    @TempDir
    private Path folder;

    private final FailingChannel.Disk disk = new FailingChannel.Disk();
    private final AtomicLong nanoTime = new AtomicLong();
    private final List<SinkTask> tasks = new ArrayList<>();
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("out.txt");
    }

    @AfterEach
    void stop() {
        tasks.forEach(SinkTask::stop);
    }

    private FileStreamSinkTask start(Map<String, String> settings) {
        FileStreamSinkTask task = new FileStreamSinkTask(disk::open, nanoTime::get);
        tasks.add(task);
        task.start(new FakeSinkTaskContext(), FileSinkConfig.SPEC.parse(settings));
        return task;
    }

    private FileStreamSinkTask start() {
        return start(Map.of("file", file.toString()));
    }

    private static SinkRecord record(SchemaAndValue value) {
        return SinkRecord.of(new RecordCoordinates(PARTITION, 0), value);
    }

    private static List<SinkRecord> records(String... texts) {
        return Stream.of(texts).map(text -> record(SchemaAndValue.string(text))).toList();
    }

    private static SchemaAndValue encoded(String text, String mediaType) {
        return SchemaAndValue.undecoded(new Encoded(text.getBytes(StandardCharsets.UTF_8), mediaType), bytes -> {
            throw new AssertionError("decoded without need");
        });
    }

    /** Leaves the mark of a sink that was killed while it wrote the file from this byte on. */
    private void leaveMarkOfAKilledSink(long ownFrom) throws IOException {
        try (CrashMark mark = CrashMark.acquire(file)) {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            mark.write(FileFacts.key(attributes).toString(), ownFrom);
        }
    }

    @Test
    void writesEachKindOfValueAsALine() throws IOException {
        start().put(List.of(
                record(SchemaAndValue.string("text é")),
                record(SchemaAndValue.schemaless(42L)),
                record(SchemaAndValue.schemaless(new byte[] {'b', (byte) 0xff})),
                record(SchemaAndValue.NULL),
                record(encoded("as it is ü", Encoded.UTF8_TEXT)),
                record(encoded("{\"a\":\n\r\n [1]}", Encoded.JSON)),
                record(SchemaAndValue.string(""))));
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.writeBytes("text é\n42\nb".getBytes(StandardCharsets.UTF_8));
        expected.write(0xff);
        expected.writeBytes("\nnull\nas it is ü\n{\"a\":    [1]}\n\n".getBytes(StandardCharsets.UTF_8));
        assertThat(Files.readAllBytes(file)).isEqualTo(expected.toByteArray());
    }

    @Test
    void writesOtherCharsetsDecodedOrNot() throws IOException {
        Charset charset = StandardCharsets.UTF_16LE;
        start(Map.of("file", file.toString(), "charset", "UTF-16LE"))
                .put(List.of(
                        record(SchemaAndValue.string("é")),
                        record(encoded("ü", Encoded.UTF8_TEXT)),
                        record(encoded("{}", Encoded.JSON))));
        assertThat(Files.readString(file, charset)).isEqualTo("é\nü\n{}\n");
    }

    @Test
    void refusesACharsetWithoutAByteOrder() {
        assertThatThrownBy(() -> FileSinkConfig.SPEC.parse(Map.of("charset", "UTF-16")))
                .hasMessageContaining("it must be a charset that names its byte order, such as UTF-16LE");
    }

    @Test
    void cutsTheLineThatItLeftUnfinishedInACrash() throws IOException {
        Files.writeString(file, "theirs\nours\nto");
        leaveMarkOfAKilledSink("theirs\n".length());
        try (LoggedEvents events = new LoggedEvents(FileLines.class)) {
            start().put(records("torn", "next"));
            assertThat(events.at(Level.WARN))
                    .containsExactly("cut off the unfinished line that this sink left in a crash");
        }
        assertThat(file).hasContent("theirs\nours\ntorn\nnext\n");
    }

    @Test
    void cutsNothingThatStoodThereBeforeIt() throws IOException {
        Files.writeString(file, "theirs\n");
        leaveMarkOfAKilledSink("theirs\n".length());
        Files.writeString(file, "theirs\nto");
        start().put(records("torn"));
        assertThat(file).hasContent("theirs\ntorn\n");
    }

    @Test
    void endsTheUnfinishedLineOfSomebodyElse() throws IOException {
        Files.writeString(file, "theirs");
        start().put(records("ours"));
        assertThat(file).hasContent("theirs\nours\n");
    }

    @Test
    void endsAnUnfinishedLineWhenTheMarkIsAboutAnotherFile() throws IOException {
        Files.writeString(file, "old\nto");
        leaveMarkOfAKilledSink(0);
        Files.move(file, folder.resolve("moved"));
        Files.writeString(file, "theirs");
        start().put(records("ours"));
        assertThat(file).hasContent("theirs\nours\n");
        assertThat(folder.resolve("moved")).hasContent("old\nto");
    }

    @Test
    void takesAnEmptyOrBrokenMarkForNone() throws IOException {
        for (String broken : List.of("", "7", "x y\n", "-1 a\n", "99999999999999999999 b\n")) {
            Files.writeString(file, "theirs");
            Files.writeString(CrashMark.pathFor(file), broken);
            SinkTask task = start();
            task.put(records("ours"));
            task.stop();
            assertThat(file).hasContent("theirs\nours\n");
        }
    }

    @Test
    void leavesNothingBesideTheFileAfterAStop() {
        SinkTask task = start();
        assertThat(CrashMark.pathFor(file)).exists();
        task.stop();
        assertThat(CrashMark.pathFor(file)).doesNotExist();
    }

    @Test
    void refusesASecondSinkOnTheSameFile() {
        SinkTask first = start();
        assertThatThrownBy(this::start)
                .isInstanceOf(ConnectorException.class)
                .hasMessage("Cannot write to " + file + ": another sink writes to it and holds "
                        + CrashMark.pathFor(file) + ". Give each sink a file of its own.");
        first.put(records("still mine"));
        assertThat(file).hasContent("still mine\n");
    }

    @Test
    void takesBackABatchThatDidNotFitOnTheDisk() throws IOException {
        FileStreamSinkTask task = start();
        task.put(records("before"));
        disk.freeBytes.set(300_000);
        String[] big = Stream.generate(() -> "x".repeat(999)).limit(500).toArray(String[]::new);
        assertThatThrownBy(() -> task.put(records(big)))
                .isInstanceOf(RetriableException.class)
                .hasMessage("Cannot write 500 lines to " + file + ": No space left on device."
                        + " Check the disk's free space and the access rights; the lines are written again.");
        assertThat(file).hasContent("before\n");
        disk.freeBytes.set(Long.MAX_VALUE);
        task.put(records(big));
        assertThat(Files.readAllLines(file)).hasSize(501);
    }

    @Test
    void takesBackNothingOfEarlierBatchesWhenABatchCannotBegin() throws IOException {
        FileStreamSinkTask task = start();
        task.put(records("before"));
        Files.move(file, folder.resolve("moved"));
        Files.createDirectory(file);
        nanoTime.addAndGet(2_000_000_000L);
        assertThatThrownBy(() -> task.put(records("again")))
                .isInstanceOf(RetriableException.class)
                .hasMessageStartingWith("Cannot write 1 lines to " + file + ": Is a directory.");
        assertThat(folder.resolve("moved")).hasContent("before\n");
        Files.delete(file);
        task.put(records("again"));
        assertThat(file).hasContent("again\n");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void saysThatADeviceIsFull() {
        FileStreamSinkTask task = start(Map.of("file", "/dev/full"));
        assertThatThrownBy(() -> task.put(records("x")))
                .isInstanceOf(RetriableException.class)
                .hasMessageStartingWith("Cannot write 1 lines to /dev/full: No space left on device.");
    }

    @Test
    void failsForGoodWhenLinesCannotBeMadeDurable() {
        FileStreamSinkTask task = start();
        task.put(records("x"));
        disk.isBroken = true;
        assertThatThrownBy(() -> task.flush(Map.of(PARTITION, 1L)))
                .isExactlyInstanceOf(ConnectorException.class)
                .hasMessage(
                        "Cannot make the lines in " + file + " durable: Input/output error. Check the disk and restart"
                                + " the task; the lines since the last commit come again.");
    }

    @Test
    void staysWholeWhenAPutIsInterrupted() throws IOException {
        FileStreamSinkTask task = new FileStreamSinkTask();
        tasks.add(task);
        task.start(new FakeSinkTaskContext(), FileSinkConfig.SPEC.parse(Map.of("file", file.toString())));
        task.put(records("before"));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> task.put(records("interrupted")))
                .isInstanceOf(RetriableException.class)
                .hasMessageStartingWith("Cannot write 1 lines to " + file + ": the thread was interrupted.");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(file).hasContent("before\n");
        task.put(records("after"));
        assertThat(task.flush(Map.of(PARTITION, 2L))).containsEntry(PARTITION, 2L);
        assertThat(file).hasContent("before\nafter\n");
    }

    @Test
    void beginsANewFileAfterTheOldOneWasMovedAway() throws IOException {
        FileStreamSinkTask task = start();
        task.put(records("one"));
        Path moved = Files.move(file, folder.resolve("out.1"));
        assertThat(task.flush(Map.of(PARTITION, 1L))).containsEntry(PARTITION, 1L);
        task.put(records("two"));
        assertThat(moved).hasContent("one\n");
        assertThat(file).hasContent("two\n");
    }

    @Test
    void noticesBetweenFlushesThatTheFileWasMovedAway() throws IOException {
        FileStreamSinkTask task = start();
        task.put(records("one"));
        Path moved = Files.move(file, folder.resolve("out.1"));
        task.put(records("two"));
        nanoTime.addAndGet(1_000_000_000L);
        task.put(records("three"));
        assertThat(moved).hasContent("one\ntwo\n");
        assertThat(file).hasContent("three\n");
    }

    @Test
    void refusesADirectory() {
        file = folder;
        assertThatThrownBy(this::start)
                .isInstanceOf(ConnectorException.class)
                .hasMessage(
                        "Cannot write to " + folder + ": it is a directory. Set file to a file in it or elsewhere.");
    }

    @Test
    void refusesAPlaceWhereNoFileCanBe() throws IOException {
        Files.writeString(folder.resolve("plain"), "");
        file = folder.resolve("plain/out.txt");
        assertThatThrownBy(this::start)
                .isInstanceOf(ConnectorException.class)
                .hasMessageStartingWith("Cannot write to " + file + ": ")
                .hasMessageEndingWith(" is a file, not a folder. Set file to another place.");
    }

    @Test
    void writesLinesLongerThanItsBuffer() throws IOException {
        String big = "é".repeat(400_000);
        start().put(records(big, "next"));
        assertThat(Files.readString(file)).isEqualTo(big + "\nnext\n");
    }

    @Test
    void writesToStandardOutput() {
        PrintStream original = System.out;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try {
            FileStreamSinkTask task = start(Map.of());
            task.put(records("ä", "b"));
            assertThat(task.flush(Map.of(PARTITION, 2L))).containsEntry(PARTITION, 2L);
        } finally {
            System.setOut(original);
        }
        assertThat(captured.toString(StandardCharsets.UTF_8)).isEqualTo("ä\nb\n");
    }
}
