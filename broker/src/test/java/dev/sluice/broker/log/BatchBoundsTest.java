package dev.sluice.broker.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.Broker;
import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.BrokerException;
import dev.sluice.broker.topic.NewTopic;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.utils.Crc32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compressed batches that hold far more than they weigh. */
class BatchBoundsTest {
    private static final int RECORDS_MAX = 100;
    private static final int BYTES_MAX = 1_000_000;

    @TempDir
    Path folder;

    private Broker broker;

    @BeforeEach
    void open() {
        broker = Broker.open(BrokerConfig.of(Map.of(
                "log.dirs", folder.toString(),
                "batch.max.records", Integer.toString(RECORDS_MAX),
                "batch.max.uncompressed.bytes", Integer.toString(BYTES_MAX))));
        broker.topics().create(NewTopic.named("t")).join();
        broker.topics()
                .create(NewTopic.named("gzip").withSetting("compression.type", "gzip"))
                .join();
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private static MemoryRecords batch(CompressionType type, int recordCount, int valueBytes) {
        return MemoryRecords.withRecords(
                Compression.of(type).build(),
                IntStream.range(0, recordCount)
                        .mapToObj(number -> new SimpleRecord(1000L, new byte[valueBytes]))
                        .toArray(SimpleRecord[]::new));
    }

    private long append(String topic, MemoryRecords batch) {
        return broker.append(topic, 0, batch).join().lastOffset();
    }

    @ParameterizedTest
    @EnumSource(
            value = CompressionType.class,
            names = {"GZIP", "SNAPPY", "LZ4", "ZSTD"})
    void takesTheMostRecordsAndRefusesOneMore(CompressionType type) {
        assertThat(append("t", batch(type, RECORDS_MAX, 1))).isEqualTo(RECORDS_MAX - 1);
        assertThatThrownBy(() -> append("t", batch(type, RECORDS_MAX + 1, 1)))
                .hasCauseInstanceOf(BrokerException.BatchTooLarge.class)
                .hasMessageContaining("Cannot append to t-0: a compressed batch of 101 records has more than"
                        + " batch.max.records=100. Write smaller batches or raise the setting.");
        assertThat(broker.log("t", 0).endOffset()).isEqualTo(RECORDS_MAX);
    }

    @Test
    void countsNoRecordsOfBatchesThatAreNotCompressed() {
        assertThat(append("t", batch(CompressionType.NONE, RECORDS_MAX + 1, 1))).isEqualTo(RECORDS_MAX);
    }

    @Test
    void opensNothingLargeToCompressItAgain() {
        assertThat(append("gzip", batch(CompressionType.ZSTD, 2, BYTES_MAX / 3)))
                .isEqualTo(1);
        assertThatThrownBy(() -> append("gzip", batch(CompressionType.ZSTD, 2, BYTES_MAX)))
                .hasCauseInstanceOf(BrokerException.BatchTooLarge.class)
                .hasMessageContaining("Cannot append to gzip-0: a compressed batch holds more than"
                        + " batch.max.uncompressed.bytes=1000000 and its topic stores another compression.type.");
        assertThat(append("gzip", batch(CompressionType.GZIP, 2, 600_000))).isEqualTo(3); // as it comes
        assertThat(append("t", batch(CompressionType.ZSTD, 2, 600_000))).isEqualTo(1); // as it comes
    }

    @Test
    void believesNoSizeThatAChunkOfSnappyClaims() {
        for (int position : new int[] {61 + 16, 61 + 20}) { // its length, and its size when opened
            MemoryRecords claiming = batch(CompressionType.SNAPPY, 1, 100);
            ByteBuffer bytes = claiming.buffer();
            bytes.putInt(position, position == 61 + 16 ? 500_000_000 : 0xFFFFFF7F);
            bytes.putInt(17, (int) Crc32C.compute(bytes, 21, bytes.limit() - 21));

            assertThatThrownBy(() -> append("t", claiming))
                    .hasCauseInstanceOf(BrokerException.BatchRefused.class)
                    .hasMessageContaining("a chunk of a batch that is compressed with snappy is damaged");
        }
    }
}
