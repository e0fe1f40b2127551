package dev.sluice.broker.log;

import java.nio.ByteBuffer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.RecordBatch;

/**
 * Lets a transactional batch into a log only where its transaction is open. Without a coordinator none is. Batches that
 * are not transactional cost one look at their header:
 *
 * <pre>
 * offset int64, length int32, leader epoch int32, magic int8 (16), crc int32, attributes int16 (21), …
 * </pre>
 */
final class TransactionGate {
    private static final int MAGIC_AT = 16;
    private static final int ATTRIBUTES_AT = 21;
    private static final int TRANSACTIONAL = 0x10;
    private static final int CONTROL = 0x20;

    private volatile OpenTransactions open = (partition, producerId, producerEpoch) -> {
        throw Errors.INVALID_TXN_STATE.exception("there are no transactions");
    };

    void trust(OpenTransactions known) {
        open = known;
    }

    OpenTransactions open() {
        return open;
    }

    /** Checks one batch; the markers that end transactions pass. */
    void check(TopicPartition partition, MemoryRecords batch) {
        if (isTransactionalData(batch)) {
            MutableRecordBatch first = batch.batches().iterator().next();
            open.check(partition, first.producerId(), first.producerEpoch());
        }
    }

    private static boolean isTransactionalData(MemoryRecords batch) {
        ByteBuffer buffer = batch.buffer();
        int start = buffer.position();
        if (buffer.remaining() < ATTRIBUTES_AT + Short.BYTES
                || buffer.get(start + MAGIC_AT) < RecordBatch.MAGIC_VALUE_V2) {
            return false;
        }
        return (buffer.getShort(start + ATTRIBUTES_AT) & (TRANSACTIONAL | CONTROL)) == TRANSACTIONAL;
    }
}
