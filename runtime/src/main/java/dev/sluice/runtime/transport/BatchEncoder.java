package dev.sluice.runtime.transport;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.ByteBufferOutputStream;

/**
 * Writes records as Kafka v2 batches, uncompressed: one buffer, as many batches as the size limit asks for.
 *
 * <p>Cost: each byte is copied once. Offsets in the batches are relative; the log sets the base.
 */
final class BatchEncoder {
    /** Upper bound of what a record adds to key, value and headers: length, attributes, deltas, key and value lengths. */
    private static final int RECORD_OVERHEAD_BYTES = 32;

    private static final int HEADER_OVERHEAD_BYTES = 10;
    /** The log numbers the records itself, and insists that each batch begins at 0. */
    private static final long BASE_OFFSET = 0;

    private static final Header[] NO_HEADERS = new Header[0];

    private final int batchBytesMax;

    /** Limits batches to a number of bytes; a record that is larger alone gets a batch of its own. */
    BatchEncoder(int batchBytesMax) {
        this.batchBytesMax = batchBytesMax;
    }

    /** Returns the batches of at least one record, in order. */
    MemoryRecords encode(List<RawRecord> records) {
        return encode(records, RecordBatch.NO_PRODUCER_ID, RecordBatch.NO_PRODUCER_EPOCH, RecordBatch.NO_SEQUENCE);
    }

    /** Returns the batches of at least one record, in order, as parts of a producer's transaction. */
    MemoryRecords encode(List<RawRecord> records, long producerId, short epoch, int firstSequence) {
        ByteBufferOutputStream out = new ByteBufferOutputStream(ByteBuffer.allocate(bufferBytes(records)));
        int from = 0;
        while (from < records.size()) {
            int sequence = sequenceAfter(firstSequence, from);
            from = encodeBatch(records, from, out, () -> newBuilder(out, producerId, epoch, sequence));
        }
        ByteBuffer written = out.buffer();
        written.flip();
        return MemoryRecords.readableRecords(written);
    }

    /** Returns the sequence number that follows so many records; numbers begin at 0 again after the largest. */
    static int sequenceAfter(int sequence, int count) {
        return sequence == RecordBatch.NO_SEQUENCE ? sequence : DefaultRecordBatch.incrementSequence(sequence, count);
    }

    private int encodeBatch(
            List<RawRecord> records, int from, ByteBufferOutputStream out, Supplier<MemoryRecordsBuilder> newBuilder) {
        int start = out.position();
        try (MemoryRecordsBuilder builder = newBuilder.get()) {
            int next = from;
            long bytes = DefaultRecordBatch.RECORD_BATCH_OVERHEAD;
            while (next < records.size()) {
                RawRecord record = records.get(next);
                bytes += recordBytes(record);
                if (next > from && bytes > batchBytesMax) {
                    break;
                }
                builder.append(record.timestampMillis(), record.key(), record.value(), headers(record));
                next++;
            }
            // A built batch leaves the stream at the end of its batch; the next one starts there.
            out.position(start + builder.build().sizeInBytes());
            return next;
        }
    }

    private static MemoryRecordsBuilder newBuilder(
            ByteBufferOutputStream out, long producerId, short epoch, int sequence) {
        return new MemoryRecordsBuilder(
                out,
                RecordBatch.CURRENT_MAGIC_VALUE,
                Compression.NONE,
                TimestampType.CREATE_TIME,
                BASE_OFFSET,
                RecordBatch.NO_TIMESTAMP,
                producerId,
                epoch,
                sequence,
                producerId != RecordBatch.NO_PRODUCER_ID,
                false,
                RecordBatch.NO_PARTITION_LEADER_EPOCH,
                out.limit());
    }

    private int bufferBytes(List<RawRecord> records) {
        long bytes = 0;
        for (RawRecord record : records) {
            bytes += recordBytes(record);
        }
        long batches = 2 * bytes / batchBytesMax + 1; // Any two neighbours are larger than the limit.
        return Math.toIntExact(bytes + batches * 64);
    }

    private static long recordBytes(RawRecord record) {
        long bytes = record.sizeBytes() + RECORD_OVERHEAD_BYTES;
        for (RawHeader header : record.headers()) {
            // Names are counted in characters above; UTF-8 needs at most three bytes for each.
            bytes += HEADER_OVERHEAD_BYTES + 2L * header.key().length();
        }
        return bytes;
    }

    private static Header[] headers(RawRecord record) {
        List<RawHeader> headers = record.headers();
        if (headers.isEmpty()) {
            return NO_HEADERS;
        }
        Header[] converted = new Header[headers.size()];
        for (int i = 0; i < converted.length; i++) {
            converted[i] = new RecordHeader(headers.get(i).key(), headers.get(i).value());
        }
        return converted;
    }
}
