package dev.sluice.broker.transaction;

import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.coordinator.transaction.TransactionMetadata;
import org.apache.kafka.coordinator.transaction.TxnTransitMetadata;

/** Decides with which id and epoch a producer is let in (KIP-360 where it says who it was). */
final class Admission {
    private Admission() {}

    /**
     * Refuses a producer whose id belongs to another by now. It passes where nobody had the id yet, where it is the one that
     * was let in last, or where it repeats the request by which it got a new id after its epochs were used up.
     */
    static void check(TransactionMetadata metadata, TransactionalProducer believed) {
        boolean isNew = metadata.producerEpoch() == RecordBatch.NO_PRODUCER_EPOCH;
        boolean isLast = believed.id() == metadata.producerId();
        boolean isRepeated =
                believed.id() == metadata.prevProducerId() && TransactionMetadata.isEpochExhausted(believed.epoch());
        if (!isNew && !isLast && !isRepeated) {
            throw Errors.PRODUCER_FENCED.exception();
        }
    }

    static boolean needsNewId(TransactionMetadata metadata, Optional<TransactionalProducer> known) {
        boolean isExhausted = metadata.isProducerEpochExhausted();
        boolean isNewest = known.isEmpty() || known.get().epoch() == metadata.producerEpoch();
        if (isExhausted && !isNewest) {
            throw Errors.PRODUCER_FENCED.exception();
        }
        return isExhausted;
    }

    static TxnTransitMetadata withNewId(
            TransactionMetadata metadata,
            long id,
            int timeoutMillis,
            long nowMillis,
            Optional<TransactionalProducer> known) {
        return metadata.prepareProducerIdRotation(id, timeoutMillis, nowMillis, known.isPresent());
    }

    static TxnTransitMetadata withNextEpoch(
            TransactionMetadata metadata, int timeoutMillis, long nowMillis, Optional<TransactionalProducer> known) {
        return metadata.prepareIncrementProducerEpoch(
                timeoutMillis, known.map(TransactionalProducer::epoch), nowMillis);
    }
}
