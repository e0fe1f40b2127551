package dev.sluice.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.record.TopicPartition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a partition begins and ends, and where a time is in it, without opening a reader. */
class OffsetLookupTest {
    private static final TopicPartition PLACE = new TopicPartition("lines", 0);
    private static final TopicPartition NOWHERE = new TopicPartition("lines", 7);

    @TempDir
    Path folder;

    private LocalTransport transport;

    @BeforeEach
    void open() {
        transport = LocalTransport.open(Map.of("log.dirs", folder.toString(), "offsets.topic.num.partitions", "1"));
        transport.createTopic("lines", new TopicSettings(1, Map.of()));
    }

    @AfterEach
    void close() {
        transport.close();
    }

    private static RawRecord record(long millis) {
        return new RawRecord(null, "v".getBytes(StandardCharsets.UTF_8), List.of(), millis);
    }

    private void append(long... times) {
        List<RawRecord> records =
                Arrays.stream(times).mapToObj(OffsetLookupTest::record).toList();
        assertThat(transport.append(List.of(new PartitionBatch(PLACE, records))).join())
                .hasSize(1);
    }

    @Test
    void tellsStartAndEndOfWhatCanBeRead() {
        assertThat(transport.startOffset(PLACE)).hasValue(0);
        assertThat(transport.endOffset(PLACE, Isolation.READ_COMMITTED)).hasValue(0);
        append(1_000, 2_000, 3_000);
        assertThat(transport.startOffset(PLACE)).hasValue(0);
        assertThat(transport.endOffset(PLACE, Isolation.READ_COMMITTED)).hasValue(3);
        deleteBefore(2);
        assertThat(transport.startOffset(PLACE)).hasValue(2);
    }

    private void deleteBefore(long offset) {
        assertThat(transport
                        .broker()
                        .log("lines", 0)
                        .deleteRecordsBefore(offset)
                        .join())
                .isEqualTo(offset);
    }

    @Test
    void endsBeforeAnOpenTransactionForReadersOfCommittedRecords() throws InterruptedException {
        append(1_000);
        try (TransactionalWriter writer = transport.transactionalWriter("one", Duration.ofMinutes(1))) {
            assertThat(writer.append(List.of(new PartitionBatch(PLACE, List.of(record(2_000)))))
                            .join())
                    .containsExactly(1L);
            assertThat(transport.endOffset(PLACE, Isolation.READ_COMMITTED)).hasValue(1);
            assertThat(transport.endOffset(PLACE, Isolation.READ_UNCOMMITTED)).hasValue(2);
        }
    }

    @Test
    void findsTheFirstRecordOfATimeOrLater() {
        append(1_000, 2_000);
        append(3_000);
        assertThat(transport.offsetForTimestamp(PLACE, 0)).hasValue(0);
        assertThat(transport.offsetForTimestamp(PLACE, -5)).hasValue(0);
        assertThat(transport.offsetForTimestamp(PLACE, 1_000)).hasValue(0);
        assertThat(transport.offsetForTimestamp(PLACE, 1_001)).hasValue(1);
        assertThat(transport.offsetForTimestamp(PLACE, 3_000)).hasValue(2);
    }

    @Test
    void standsAtTheEndWhereAllRecordsAreOlder() {
        append(1_000);
        assertThat(transport.offsetForTimestamp(PLACE, 1_001)).hasValue(1);
    }

    @Test
    void tellsTheTimeOfTheBatchThatHoldsAnOffset() {
        append(1_000, 1_500);
        append(3_000);
        assertThat(transport.timestampAt(PLACE, 0)).hasValue(1_000);
        assertThat(transport.timestampAt(PLACE, 1)).hasValue(1_000);
        assertThat(transport.timestampAt(PLACE, 2)).hasValue(3_000);
        assertThat(transport.timestampAt(PLACE, 3)).isEmpty();
        deleteBefore(2);
        assertThat(transport.timestampAt(PLACE, 0)).hasValue(3_000);
    }

    @Test
    void knowsNothingOfPartitionsThatAreNotThere() {
        assertThat(List.of(
                        transport.startOffset(NOWHERE),
                        transport.endOffset(NOWHERE, Isolation.READ_COMMITTED),
                        transport.offsetForTimestamp(NOWHERE, 1),
                        transport.timestampAt(NOWHERE, 0)))
                .containsOnly(OptionalLong.empty());
    }

    @Test
    void passesOverTheMarkerThatEndsATransaction() throws InterruptedException {
        try (TransactionalWriter writer = transport.transactionalWriter("one", Duration.ofMinutes(1))) {
            assertThat(writer.append(List.of(new PartitionBatch(PLACE, List.of(record(2_000)))))
                            .join())
                    .containsExactly(0L);
            writer.commit(() -> {}).join();
        }
        append(9_000);
        assertThat(transport.timestampAt(PLACE, 1)).hasValue(9_000);
    }
}
