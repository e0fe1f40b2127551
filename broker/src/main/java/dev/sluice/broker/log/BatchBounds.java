package dev.sluice.broker.log;

import dev.sluice.broker.BrokerException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.CloseableIterator;
import org.apache.kafka.storage.internals.log.LogConfig;

/**
 * Refuses compressed batches that become too large when they are opened. Kafka's check of a compressed batch keeps an object
 * per record, and all of the records themselves where the topic stores another compression than the producer's; a megabyte
 * of zstd may hold a thousand million records or gigabytes of values. Invariant 6.
 */
final class BatchBounds {
    private static final int SNAPPY_HEADER_BYTES = 16;
    /** 0x82, SNAPPY, 0: how the header begins. */
    private static final long SNAPPY_HEADER = 0x82_53_4E_41_50_50_59_00L;

    /** Kafka's check takes some 70 bytes for each. */
    private final int recordsMax;

    private final long uncompressedBytesMax;

    BatchBounds(int recordsMax, long uncompressedBytesMax) {
        this.recordsMax = recordsMax;
        this.uncompressedBytesMax = uncompressedBytesMax;
    }

    /** Throws {@link BrokerException.BatchTooLarge} where a batch holds too much. */
    void check(TopicPartition partition, MemoryRecords batches, LogConfig config, BufferSupplier buffers) {
        for (MutableRecordBatch batch : batches.batches()) {
            CompressionType type = batch.compressionType();
            if (type != CompressionType.NONE) {
                checkCount(partition, batch);
                if (type == CompressionType.SNAPPY) {
                    checkChunks(partition, batch);
                }
                if (isCompressedAgain(type, config)) {
                    checkSize(partition, batch, buffers);
                }
            }
        }
    }

    private void checkCount(TopicPartition partition, MutableRecordBatch batch) {
        Integer recordCount = batch.countOrNull();
        if (recordCount != null && recordCount > recordsMax) {
            throw new BrokerException.BatchTooLarge("Cannot append to " + partition + ": a compressed batch of "
                    + recordCount + " records has more than batch.max.records=" + recordsMax
                    + ". Write smaller batches or raise the setting.");
        }
    }

    /**
     * Snappy takes memory for a chunk before it looks at it, as much as the chunk claims to hold. Java's library writes a
     * header and chunks, librdkafka a single chunk without either; whoever reads tells them apart by the header.
     *
     * <pre>
     * header 16 bytes | length int32 | chunk: size when opened (varint), data | length int32 | …
     * </pre>
     */
    private void checkChunks(TopicPartition partition, MutableRecordBatch batch) {
        ByteBuffer bytes = ByteBuffer.allocate(batch.sizeInBytes());
        batch.writeTo(bytes);
        bytes.flip().position(DefaultRecordBatch.RECORD_BATCH_OVERHEAD);
        boolean hasHeader =
                bytes.remaining() >= SNAPPY_HEADER_BYTES && bytes.getLong(bytes.position()) == SNAPPY_HEADER;
        if (!hasHeader) {
            requireBounded(partition, bytes, bytes.remaining());
            return;
        }
        bytes.position(bytes.position() + SNAPPY_HEADER_BYTES);
        while (bytes.remaining() >= Integer.BYTES) {
            int chunkBytes = bytes.getInt();
            requireBounded(partition, bytes, chunkBytes);
            bytes.position(bytes.position() + chunkBytes);
        }
    }

    private void requireBounded(TopicPartition partition, ByteBuffer chunk, int chunkBytes) {
        if (chunkBytes < 1 || chunkBytes > chunk.remaining() || openedBytes(chunk) > uncompressedBytesMax) {
            throw new BrokerException.BatchRefused("Cannot append to " + partition
                    + ": a chunk of a batch that is compressed with snappy is damaged, or holds more than"
                    + " batch.max.uncompressed.bytes=" + uncompressedBytesMax + ". Send it again.");
        }
    }

    /** Reads a varint where a chunk begins, and stays there. */
    private static long openedBytes(ByteBuffer chunk) {
        long size = 0;
        for (int index = 0; index < 5 && index < chunk.remaining(); index++) {
            byte part = chunk.get(chunk.position() + index);
            size |= (long) (part & 0x7F) << (7 * index);
            if (part >= 0) {
                return size;
            }
        }
        return Long.MAX_VALUE;
    }

    private static boolean isCompressedAgain(CompressionType type, LogConfig config) {
        return config.compression
                .map(Compression::type)
                .filter(stored -> stored != type)
                .isPresent();
    }

    private void checkSize(TopicPartition partition, MutableRecordBatch batch, BufferSupplier buffers) {
        long sizeBytes = 0;
        try (CloseableIterator<Record> records = batch.skipKeyValueIterator(buffers)) {
            while (records.hasNext()) {
                sizeBytes += records.next().sizeInBytes();
                if (sizeBytes > uncompressedBytesMax) {
                    throw new BrokerException.BatchTooLarge("Cannot append to " + partition
                            + ": a compressed batch holds more than batch.max.uncompressed.bytes="
                            + uncompressedBytesMax + " and its topic stores another compression.type."
                            + " Write smaller batches or raise the setting.");
                }
            }
        }
    }
}
