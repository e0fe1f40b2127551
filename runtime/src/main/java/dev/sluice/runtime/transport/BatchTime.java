package dev.sluice.runtime.transport;

import dev.sluice.broker.BrokerException;
import dev.sluice.broker.log.Isolation;
import dev.sluice.broker.log.PartitionLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.OptionalLong;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.Records;

/**
 * Reads when a batch of the log begins from its head alone.
 *
 * <pre>
 *   0 base offset 8 | 8 length 4 | 12 leader epoch 4 | 16 magic 1 | 17 CRC 4 | 21 attributes 2 | 23 last offset delta 4
 *   27 base timestamp 8 | 35 max timestamp 8 | … (all big-endian; the v2 format of Kafka)
 * </pre>
 */
final class BatchTime {
    private static final int MAGIC_AT = 16;
    private static final int ATTRIBUTES_AT = 21;
    private static final int BASE_TIMESTAMP_AT = 27;
    private static final int MAX_TIMESTAMP_AT = 35;
    private static final int HEAD_BYTES = 43;
    private static final int LOG_APPEND_TIME = 1 << 3;
    /** A marker, which ends a transaction, is no record; few stand in a row. */
    private static final int MARKERS_MAX = 4;

    private BatchTime() {}

    /** Returns when the batch that holds the offset begins; empty at the end of the log. */
    static OptionalLong at(PartitionLog log, long offset) {
        long position = offset;
        try {
            for (int looked = 0; looked <= MARKERS_MAX && position < log.endOffset(); looked++) {
                Records found = log.locate(Math.max(position, log.startOffset()), 1, Isolation.UNCOMMITTED)
                        .records();
                Iterator<? extends RecordBatch> batches = found.batches().iterator();
                if (!batches.hasNext() || !(found instanceof FileRecords file)) {
                    return OptionalLong.empty();
                }
                RecordBatch batch = batches.next();
                if (!batch.isControlBatch()) {
                    return timestamp(file);
                }
                position = batch.nextOffset();
            }
            return OptionalLong.empty();
        } catch (BrokerException.OffsetOutOfRange | BrokerException.UnknownPartition gone) {
            return OptionalLong.empty(); // Retention or a deletion was quicker.
        } catch (BrokerException failed) {
            throw LocalTransport.inWords(failed);
        }
    }

    private static OptionalLong timestamp(FileRecords file) {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
        try {
            file.readInto(head, 0);
        } catch (IOException gone) { // The segment was deleted meanwhile.
            return OptionalLong.empty();
        }
        if (head.limit() < HEAD_BYTES || head.get(MAGIC_AT) != RecordBatch.MAGIC_VALUE_V2) {
            return OptionalLong.empty();
        }
        boolean isAppendTime = (head.getShort(ATTRIBUTES_AT) & LOG_APPEND_TIME) != 0;
        long millis = head.getLong(isAppendTime ? MAX_TIMESTAMP_AT : BASE_TIMESTAMP_AT);
        return millis < 0 ? OptionalLong.empty() : OptionalLong.of(millis);
    }
}
