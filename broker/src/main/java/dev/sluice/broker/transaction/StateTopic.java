package dev.sluice.broker.transaction;

import dev.sluice.broker.BrokerException;
import dev.sluice.broker.log.Appended;
import dev.sluice.broker.log.Fetched;
import dev.sluice.broker.log.PartitionLog;
import dev.sluice.broker.log.PartitionLogs;
import dev.sluice.broker.topic.NewTopic;
import dev.sluice.broker.topic.TopicCatalog;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.coordinator.transaction.TransactionLog;
import org.apache.kafka.coordinator.transaction.TransactionMetadata;
import org.apache.kafka.coordinator.transaction.TxnTransitMetadata;
import org.apache.kafka.server.common.TransactionVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compacted topic {@code __transaction_state}, in Kafka's record format: the last record of a transactional id is its
 * state. Made when the first producer wants a transaction.
 */
final class StateTopic {
    static final String NAME = "__transaction_state";

    private static final Logger LOG = LoggerFactory.getLogger(StateTopic.class);
    private static final int READ_BYTES = 1 << 20;

    private final PartitionLogs logs;
    private final TopicCatalog topics;
    private final NewTopic wanted;

    StateTopic(PartitionLogs logs, TopicCatalog topics, NewTopic wanted) {
        this.logs = logs;
        this.topics = topics;
        this.wanted = wanted;
    }

    boolean exists() {
        return topics.find(NAME).isPresent();
    }

    CompletableFuture<Void> create() {
        return topics.createIfMissing(wanted).thenApply(topic -> null);
    }

    /** Reads all partitions; waits for the disk. */
    Map<String, TransactionMetadata> load() {
        Map<String, TransactionMetadata> found = new HashMap<>();
        for (int number = 0; number < partitionCount(); number++) {
            load(partition(number), found);
        }
        return found;
    }

    private void load(PartitionLog log, Map<String, TransactionMetadata> found) {
        long offset = log.startOffset();
        while (offset < log.endOffset()) {
            Fetched fetched = log.read(offset, READ_BYTES);
            if (fetched.isEmpty()) {
                return; // what is left was cleaned away
            }
            for (var batch : fetched.records().batches()) {
                if (!batch.isControlBatch()) {
                    batch.forEach(record -> replay(log, record, found));
                }
                offset = batch.nextOffset();
            }
        }
    }

    private static void replay(PartitionLog log, Record record, Map<String, TransactionMetadata> found) {
        String problem = "its version is unknown";
        try {
            var read = TransactionLog.read(record.key(), record.value());
            if (read instanceof TransactionLog.TxnRecord known) {
                found.put(known.transactionId(), known.metadata());
                return;
            }
            if (read instanceof TransactionLog.TxnTombstone removed) {
                found.remove(removed.transactionId());
                return;
            }
        } catch (RuntimeException e) {
            problem = String.valueOf(e.getMessage());
        }
        LOG.atWarn()
                .addKeyValue("topic", NAME)
                .addKeyValue("partition", log.partition().partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("error", problem)
                .log("a record of the transactions cannot be read and is passed over");
    }

    CompletableFuture<Appended> append(String transactionalId, TxnTransitMetadata next, long nowMillis) {
        return append(transactionalId, TransactionLog.valueToBytes(next, TransactionVersion.TV_1), nowMillis);
    }

    CompletableFuture<Appended> remove(String transactionalId, long nowMillis) {
        return append(transactionalId, (byte[]) null, nowMillis);
    }

    private CompletableFuture<Appended> append(String transactionalId, byte @Nullable [] value, long nowMillis) {
        SimpleRecord record = new SimpleRecord(nowMillis, TransactionLog.keyToBytes(transactionalId), value);
        try {
            return partition(Utils.abs(transactionalId.hashCode()) % partitionCount())
                    .appendOwn(MemoryRecords.withRecords(Compression.NONE, record));
        } catch (BrokerException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private int partitionCount() {
        return topics.find(NAME).orElseThrow(StateTopic::missing).partitionCount();
    }

    private PartitionLog partition(int number) {
        return logs.find(new TopicPartition(NAME, number)).orElseThrow(StateTopic::missing);
    }

    private static BrokerException missing() {
        return new BrokerException.UnknownPartition("Cannot use transactions: the topic " + NAME
                + " or a part of it is missing. It was deleted; restart to create it again.");
    }
}
