package dev.sluice.broker.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.Batches;
import dev.sluice.broker.BrokerException;
import dev.sluice.broker.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Deletion by time and size, fsync and checkpoints, with a clock that stands still. */
@Timeout(60)
class RetentionTest {
    private static final int BATCH_BYTES = 400_000;

    @TempDir
    Path folder;

    /** Two batches fill a segment of 1 MB. */
    private static void appendAt(TestingLogs logs, PartitionLog log, int count) {
        for (int number = 0; number < count; number++) {
            log.append(Batches.keyed(logs.clock().millis(), "k", "x".repeat(BATCH_BYTES)))
                    .join();
        }
    }

    private static Map<String, String> small(String key, String value) {
        return Map.of("segment.bytes", "1048576", key, value);
    }

    @Test
    void deletesSegmentsWhoseNewestRecordIsTooOld() {
        try (TestingLogs logs = new TestingLogs(folder, Map.of())) {
            PartitionLog log = logs.open("t", small("retention.ms", "60000"));
            appendAt(logs, log, 4);
            logs.clock().advance(Duration.ofSeconds(40));
            appendAt(logs, log, 2);

            logs.upkeep().retain();
            assertThat(log.startOffset()).isZero();

            logs.clock().advance(Duration.ofSeconds(30));
            logs.upkeep().retain();
            assertThat(log.startOffset()).isEqualTo(4);
            assertThat(log.endOffset()).isEqualTo(6);
            assertThatThrownBy(() -> log.read(0, 1))
                    .isInstanceOf(BrokerException.OffsetOutOfRange.class)
                    .hasMessageContaining("it holds the offsets from 4 to 6");

            logs.clock().advance(Duration.ofSeconds(70));
            logs.upkeep().retain();
            assertThat(log.startOffset()).isEqualTo(6);
            assertThat(log.append(Batches.of("next")).join().baseOffset()).isEqualTo(6);
        }
    }

    @Test
    void deletesTheOldestSegmentsAboveTheSize() {
        try (TestingLogs logs = new TestingLogs(folder, Map.of())) {
            PartitionLog log = logs.open("t", small("retention.bytes", "1000000"));
            appendAt(logs, log, 6);

            logs.upkeep().retain();

            assertThat(log.startOffset()).isEqualTo(2);
            assertThat(log.sizeBytes()).isGreaterThan(1_000_000);
            assertThat(Folders.files(folder.resolve("t-0"), ".log")).hasSize(2);
        }
    }

    @Test
    void keepsEverythingWithoutALimit() {
        try (TestingLogs logs = new TestingLogs(folder, Map.of("log.retention.ms", "-1"))) {
            PartitionLog log = logs.open("t", Map.of("segment.bytes", "1048576"));
            appendAt(logs, log, 4);
            logs.clock().advance(Duration.ofDays(4_000));

            logs.upkeep().retain();

            assertThat(log.startOffset()).isZero();
        }
    }

    @Test
    void deletesFilesOnceNoReaderNeedsThem() {
        try (TestingLogs logs = new TestingLogs(folder, Map.of("log.segment.delete.delay.ms", "0"))) {
            PartitionLog log = logs.open("t", small("retention.bytes", "1000000"));
            appendAt(logs, log, 6);

            logs.upkeep().retain();

            Path partition = folder.resolve("t-0");
            TestingLogs.await(() -> Folders.files(partition, ".deleted").isEmpty());
            assertThat(Folders.files(partition, ".log")).hasSize(2);
        }
    }

    @Test
    void writesDownWhatIsFsynced() throws Exception {
        try (TestingLogs logs = new TestingLogs(folder, Map.of("log.flush.interval.ms", "1000"))) {
            PartitionLog log = logs.open("t", Map.of());
            log.append(Batches.of("a", "b", "c")).join();
            log.deleteRecordsBefore(1).join();
            Path recoveryPoints = folder.resolve("recovery-point-offset-checkpoint");

            logs.upkeep().flushDue();
            logs.upkeep().writeRecoveryPoints();
            // What lies below the first offset needs no recovery; the rest is not due yet.
            assertThat(Files.readString(recoveryPoints)).isEqualTo("0\n1\nt 0 1\n");

            logs.clock().advance(Duration.ofSeconds(2));
            logs.upkeep().flushDue();
            logs.upkeep().writeRecoveryPoints();
            logs.upkeep().writeStartOffsets();
            assertThat(Files.readString(recoveryPoints)).isEqualTo("0\n1\nt 0 3\n");
            assertThat(Files.readString(folder.resolve("log-start-offset-checkpoint")))
                    .isEqualTo("0\n1\nt 0 1\n");
        }
    }

    @Test
    void fsyncsAfterSoManyRecords() throws Exception {
        try (TestingLogs logs = new TestingLogs(folder, Map.of("log.flush.interval.messages", "2"))) {
            PartitionLog log = logs.open("t", Map.of());
            log.append(Batches.of("a")).join();
            logs.upkeep().writeRecoveryPoints();
            Path recoveryPoints = folder.resolve("recovery-point-offset-checkpoint");
            assertThat(Files.readString(recoveryPoints)).isEqualTo("0\n1\nt 0 0\n");

            log.append(Batches.of("b")).join();
            logs.upkeep().writeRecoveryPoints();

            assertThat(Files.readString(recoveryPoints)).isEqualTo("0\n1\nt 0 2\n");
        }
    }
}
