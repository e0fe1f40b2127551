package dev.sluice.broker.transaction;

import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.requests.TransactionResult;

/**
 * What ends a transaction in a partition.
 *
 * @param producerId whose transaction
 * @param producerEpoch the epoch; writers of earlier ones are shut out by it
 * @param coordinatorEpoch the epoch of who says so
 * @param result commit or abort
 */
public record Marker(long producerId, short producerEpoch, int coordinatorEpoch, TransactionResult result) {
    MemoryRecords batch() {
        ControlRecordType type =
                result == TransactionResult.COMMIT ? ControlRecordType.COMMIT : ControlRecordType.ABORT;
        return MemoryRecords.withEndTransactionMarker(
                producerId, producerEpoch, new EndTransactionMarker(type, coordinatorEpoch));
    }
}
