package dev.sluice.broker.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.Batches;
import dev.sluice.broker.Folders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Compacted topics, cleaned by Kafka's cleaner. */
@Timeout(60)
class CompactionTest {
    private static final Map<String, String> COMPACTED = Map.of(
            "cleanup.policy", "compact",
            "segment.bytes", "1048576",
            "min.cleanable.dirty.ratio", "0.01",
            "delete.retention.ms", "0");
    private static final String FILLER = "x".repeat(400_000);

    @TempDir
    Path folder;

    private static long cleanerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("kafka-log-cleaner"))
                .count();
    }

    private static void fill(TestingLogs logs, PartitionLog log) {
        for (int number = 0; number < 5; number++) {
            log.append(Batches.keyed(logs.clock().millis(), "filler", FILLER)).join();
        }
    }

    @Test
    void keepsOnlyTheLastValueOfEachKey() {
        try (TestingLogs logs = new TestingLogs(folder, Map.of("log.cleaner.backoff.ms", "10"))) {
            PartitionLog log = logs.open("t", COMPACTED);
            long now = logs.clock().millis();
            log.append(Batches.keyed(now, "a", "old")).join();
            log.append(Batches.keyed(now, "b", "only")).join();
            log.append(Batches.keyed(now, "a", "new")).join();
            log.append(MemoryRecords.withRecords(
                            Compression.NONE, new SimpleRecord(now, "c".getBytes(StandardCharsets.UTF_8), null)))
                    .join();
            logs.upkeep().clean();
            assertThat(cleanerThreads())
                    .as("cleaner threads before there is anything to clean")
                    .isZero();
            fill(logs, log);

            logs.upkeep().clean();

            TestingLogs.await(() -> !Batches.values(log, 0).contains("old"));
            assertThat(Batches.values(log, 0).stream().filter(value -> !value.equals(FILLER)))
                    .containsSubsequence("only", "new");
            assertThat(log.endOffset()).isEqualTo(9);
            assertThat(log.append(Batches.keyed(now, "d", "next")).join().baseOffset())
                    .isEqualTo(9);
            logs.upkeep().retain();
        }
        assertThat(cleanerThreads()).isZero();
    }

    @Test
    void doesNotStartForTopicsThatAreDeletedByTime() {
        try (TestingLogs logs = new TestingLogs(folder, Map.of())) {
            PartitionLog log = logs.open("t", Map.of("segment.bytes", "1048576"));
            fill(logs, log);

            logs.upkeep().clean();

            assertThat(cleanerThreads()).isZero();
        }
    }

    @Test
    void survivesARestartAndACrashBetweenCleanings() throws Exception {
        try (TestingLogs logs = new TestingLogs(folder.resolve("live"), Map.of("log.cleaner.backoff.ms", "10"))) {
            PartitionLog log = logs.open("t", COMPACTED);
            log.append(Batches.keyed(logs.clock().millis(), "a", "old")).join();
            log.append(Batches.keyed(logs.clock().millis(), "a", "new")).join();
            fill(logs, log);
            logs.upkeep().clean();
            TestingLogs.await(() -> !Batches.values(log, 0).contains("old"));
            Folders.copyAsAfterCrash(logs.path(), folder.resolve("crashed"));
        }
        for (String directory : List.of("live", "crashed")) {
            try (TestingLogs logs = new TestingLogs(folder.resolve(directory), Map.of())) {
                PartitionLog log = logs.open("t", COMPACTED);
                assertThat(Batches.values(log, 0)).contains("new").doesNotContain("old");
                assertThat(log.endOffset()).isEqualTo(7);
            }
        }
    }

    @Test
    void forgetsHowFarADeletedTopicWasCleaned() throws Exception {
        try (TestingLogs logs = new TestingLogs(folder, Map.of("log.cleaner.backoff.ms", "10"))) {
            PartitionLog log = logs.open("t", COMPACTED);
            log.append(Batches.keyed(logs.clock().millis(), "a", "old")).join();
            log.append(Batches.keyed(logs.clock().millis(), "a", "new")).join();
            fill(logs, log);
            logs.upkeep().clean();
            Checkpoint cleaned = new Checkpoint(folder.resolve("cleaner-offset-checkpoint"));
            TestingLogs.await(() -> !cleaned.read().isEmpty());

            logs.logs().delete(new TopicPartition("t", 0)).join();

            assertThat(cleaned.read()).isEmpty();
        }
    }
}
