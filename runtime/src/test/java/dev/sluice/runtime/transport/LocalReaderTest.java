package dev.sluice.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.record.TimestampType;
import dev.sluice.api.record.TopicPartition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the in-process transport writes is what it reads, whatever the batches look like. */
class LocalReaderTest {
    private static final TopicPartition PLACE = new TopicPartition("lines", 0);

    @TempDir
    Path folder;

    private LocalTransport transport;

    @BeforeEach
    void open() {
        transport = LocalTransport.open(Map.of(
                "log.dirs", folder.toString(), "offsets.topic.num.partitions", "1", "message.max.bytes", "2000"));
        transport.createTopic("lines", new TopicSettings(1, Map.of()));
    }

    @AfterEach
    void close() {
        transport.close();
    }

    private static RawRecord record(String value) {
        return new RawRecord(null, value.getBytes(StandardCharsets.UTF_8), List.of(), 5);
    }

    private List<Long> append(RawRecord... records) {
        return transport
                .append(List.of(new PartitionBatch(PLACE, List.of(records))))
                .join();
    }

    private void append(int from, int to) {
        assertThat(append(
                        IntStream.range(from, to).mapToObj(i -> record("v" + i)).toArray(RawRecord[]::new)))
                .containsExactly((long) from);
    }

    private PartitionReader reader() {
        return transport.reader(PLACE, Isolation.READ_COMMITTED, () -> {}).orElseThrow();
    }

    private static List<String> values(ReadBatch read) {
        return read.records().stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void stopsInTheMiddleOfABatchAndGoesOnThere() throws InterruptedException {
        append(0, 10);
        append(10, 12);
        try (PartitionReader reader = reader()) {
            ReadBatch first = reader.read(0, 4, 1 << 20);
            assertThat(values(first)).containsExactly("v0", "v1", "v2", "v3");
            assertThat(first.nextOffset()).isEqualTo(4);
            assertThat(first.endOffset()).isEqualTo(12);
            assertThat(values(reader.read(4, 7, 1 << 20))).containsExactly("v4", "v5", "v6", "v7", "v8", "v9", "v10");
            ReadBatch last = reader.read(11, 7, 1 << 20);
            assertThat(values(last)).containsExactly("v11");
            assertThat(reader.read(12, 7, 1 << 20).records()).isEmpty();
        }
    }

    @Test
    void seeksWithinAndOutsideWhatItKeeps() throws InterruptedException {
        append(0, 10);
        try (PartitionReader reader = reader()) {
            assertThat(values(reader.read(0, 2, 1 << 20))).containsExactly("v0", "v1");
            assertThat(values(reader.read(7, 2, 1 << 20))).containsExactly("v7", "v8");
            assertThat(values(reader.read(1, 2, 1 << 20))).containsExactly("v1", "v2");
            ReadBatch beyond = reader.read(50, 2, 1 << 20);
            assertThat(beyond.records()).isEmpty();
            assertThat(beyond.nextOffset()).isEqualTo(50);
        }
    }

    @Test
    void readsWhatWasAppendedSinceAndWakesUp() throws InterruptedException {
        List<String> wakeUps = new ArrayList<>();
        try (PartitionReader reader = transport
                .reader(PLACE, Isolation.READ_COMMITTED, () -> wakeUps.add("woken"))
                .orElseThrow()) {
            assertThat(reader.read(0, 5, 100).records()).isEmpty();
            append(0, 3);
            assertThat(values(reader.read(0, 5, 1 << 20))).containsExactly("v0", "v1", "v2");
            append(3, 4);
            assertThat(values(reader.read(3, 5, 1 << 20))).containsExactly("v3");
        }
        append(4, 5);
        assertThat(wakeUps).hasSize(2);
    }

    @Test
    void keepsToTheLimitOfBytesButReturnsOneRecordAtLeast() throws InterruptedException {
        append(record("x".repeat(1_000)), record("y".repeat(500)), record("z"));
        try (PartitionReader reader = reader()) {
            assertThat(reader.read(0, 10, 1).records()).hasSize(1);
            assertThat(reader.read(1, 10, 400).records()).hasSize(1);
            assertThat(values(reader.read(2, 10, 400))).containsExactly("z");
        }
    }

    @Test
    void splitsIntoBatchesThatFitTheLimitAndKeepsAllPartsOfARecord() throws InterruptedException {
        List<RawRecord> given = new ArrayList<>();
        for (int size : new int[] {0, 1, 900, 901, 1_800, 3, 1_850}) {
            given.add(new RawRecord(
                    size % 2 == 0 ? null : new byte[] {1, 2},
                    size == 0 ? null : new byte[size],
                    List.of(new RawHeader("schlüssel", new byte[] {3}), new RawHeader("none", null)),
                    1_000 + size));
        }
        append(given.toArray(RawRecord[]::new));
        try (PartitionReader reader = reader()) {
            List<LogRecord> read = reader.read(0, 100, 1 << 20).records();
            assertThat(read).hasSameSizeAs(given);
            for (int i = 0; i < given.size(); i++) {
                assertThat(read.get(i).offset()).isEqualTo(i);
                assertThat(read.get(i).key()).isEqualTo(given.get(i).key());
                assertThat(read.get(i).value()).isEqualTo(given.get(i).value());
                assertThat(read.get(i).timestampMillis()).isEqualTo(given.get(i).timestampMillis());
                assertThat(read.get(i).timestampType()).isEqualTo(TimestampType.CREATE_TIME);
                assertThat(read.get(i).headers())
                        .usingRecursiveComparison()
                        .isEqualTo(given.get(i).headers());
            }
        }
    }

    @Test
    void aRecordBeyondTheLimitIsRefusedInWords() {
        assertThat(transport
                        .append(List.of(new PartitionBatch(PLACE, List.of(record("x".repeat(2_000))))))
                        .handle((done, failure) -> String.valueOf(failure.getMessage()))
                        .join())
                .contains("Cannot append to lines-0: a batch of ")
                .contains("is larger than max.message.bytes=2000");
    }

    @Test
    void readsCompressedBatchesOfOthersInPieces() throws InterruptedException {
        append(0, 2);
        transport
                .broker()
                .append(
                        "lines",
                        0,
                        MemoryRecords.withRecords(
                                Compression.gzip().build(),
                                new SimpleRecord(7, "c0".getBytes(StandardCharsets.UTF_8)),
                                new SimpleRecord(7, "c1".getBytes(StandardCharsets.UTF_8))))
                .join();
        try (PartitionReader reader = reader()) {
            ReadBatch read = reader.read(0, 3, 1 << 20);
            assertThat(values(read)).containsExactly("v0", "v1", "c0");
            assertThat(values(reader.read(3, 3, 1 << 20))).containsExactly("c1");
        }
    }

    @Test
    void tellsThatItsTopicWasDeletedEvenIfThereIsANewOne() throws InterruptedException {
        append(0, 2);
        try (PartitionReader reader = reader()) {
            assertThat(reader.isDeleted()).isFalse();
            TestingTopics topics = new TestingTopics(transport);
            topics.delete("lines");
            assertThat(reader.isDeleted()).isTrue();
            assertThat(reader.read(0, 5, 100).records()).isEmpty();
            topics.create("lines", 1);
            assertThat(reader.isDeleted()).isTrue();
            assertThat(reader.endOffset()).isZero();
        }
        assertThat(transport.reader(new TopicPartition("lines", 7), Isolation.READ_COMMITTED, () -> {}))
                .isEmpty();
    }
}
