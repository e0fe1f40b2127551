package dev.sluice.broker;

import dev.sluice.broker.log.PartitionLog;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.utils.Utils;

/** Makes and reads batches of text. */
public final class Batches {
    private Batches() {}

    /** One batch with these values and no keys. */
    public static MemoryRecords of(String... values) {
        SimpleRecord[] records = new SimpleRecord[values.length];
        for (int index = 0; index < values.length; index++) {
            records[index] = new SimpleRecord(1_000L + index, values[index].getBytes(StandardCharsets.UTF_8));
        }
        return MemoryRecords.withRecords(Compression.NONE, records);
    }

    /** One batch with one record. */
    public static MemoryRecords keyed(long timestamp, String key, String value) {
        return MemoryRecords.withRecords(
                Compression.NONE,
                new SimpleRecord(
                        timestamp, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8)));
    }

    /** Several batches in one buffer. */
    public static MemoryRecords joined(MemoryRecords... batches) {
        int sizeBytes = 0;
        for (MemoryRecords batch : batches) {
            sizeBytes += batch.sizeInBytes();
        }
        ByteBuffer buffer = ByteBuffer.allocate(sizeBytes);
        for (MemoryRecords batch : batches) {
            buffer.put(batch.buffer());
        }
        return MemoryRecords.readableRecords(buffer.flip());
    }

    /** All values from an offset to the end. */
    public static List<String> values(PartitionLog log, long from) {
        List<String> values = new ArrayList<>();
        long offset = from;
        while (offset < log.endOffset()) {
            var fetched = log.read(offset, 1 << 20);
            if (fetched.isEmpty()) {
                return values;
            }
            for (var batch : fetched.records().batches()) {
                for (Record record : batch) {
                    if (record.offset() >= offset && record.hasValue()) {
                        values.add(Utils.utf8(record.value()));
                    }
                }
                offset = batch.nextOffset();
            }
        }
        return values;
    }
}
