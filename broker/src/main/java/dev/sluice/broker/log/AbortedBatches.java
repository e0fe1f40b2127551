package dev.sluice.broker.log;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;

/**
 * Tells which batches of one read belong to aborted transactions, as Kafka's consumer does: a producer's transactional
 * batches from the first offset of such a transaction up to its abort marker. One reader, which shows all batches in order.
 */
public final class AbortedBatches {
    private final Deque<AbortedTransaction> ahead;
    private final Set<Long> producers = new HashSet<>();

    /**
     * Begins before the first batch.
     *
     * @param transactions what the read named
     */
    public AbortedBatches(List<AbortedTransaction> transactions) {
        ahead = new ArrayDeque<>(transactions.stream()
                .sorted(Comparator.comparingLong(AbortedTransaction::firstOffset))
                .toList());
    }

    /**
     * Looks at the next batch.
     *
     * @param next the batch
     * @return whether its records were aborted
     */
    public boolean contain(RecordBatch next) {
        if (!next.isTransactional()) {
            return false;
        }
        while (!ahead.isEmpty() && ahead.element().firstOffset() <= next.lastOffset()) {
            producers.add(ahead.remove().producerId());
        }
        if (next.isControlBatch()) {
            if (isAbortMarker(next)) {
                producers.remove(next.producerId());
            }
            return false;
        }
        return producers.contains(next.producerId());
    }

    private static boolean isAbortMarker(RecordBatch batch) {
        for (Record record : batch) {
            return ControlRecordType.parse(record.key()) == ControlRecordType.ABORT;
        }
        return false; // compaction took the marker out
    }
}
