package dev.sluice.broker.group;

import dev.sluice.broker.BrokerException;
import dev.sluice.broker.log.Appended;
import dev.sluice.broker.log.Fetched;
import dev.sluice.broker.log.PartitionLog;
import dev.sluice.broker.log.PartitionLogs;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.Utils;

/**
 * The partitions of the topic {@code __consumer_offsets}. Whoever writes to it, writes here, so that the view in memory
 * follows. Any thread may call.
 */
final class OffsetsLog {
    static final String TOPIC = "__consumer_offsets";

    private static final int READ_BYTES = 1 << 20;

    private final PartitionLogs logs;
    private final int partitionCount;
    private final OffsetsView view;

    OffsetsLog(PartitionLogs logs, int partitionCount, OffsetsView view) {
        this.logs = logs;
        this.partitionCount = partitionCount;
        this.view = view;
    }

    int partitionCount() {
        return partitionCount;
    }

    /** Kafka's rule, so that its coordinator finds each group where it looks. */
    int partitionOf(String group) {
        return Utils.abs(group.hashCode()) % partitionCount;
    }

    PartitionLog partition(int number) {
        TopicPartition partition = new TopicPartition(TOPIC, number);
        return logs.find(partition)
                .orElseThrow(() -> new BrokerException.UnknownPartition("Cannot use consumer groups: partition "
                        + partition + " is missing. It was deleted; restart to create it again."));
    }

    /** Throws Kafka's exception where a producer may not commit in a transaction now. */
    void checkTransaction(TopicPartition partition, long producerId, short producerEpoch) {
        logs.openTransactions().check(partition, producerId, producerEpoch);
    }

    /** Shows all batches of a partition, from the first to the one that is the last now. Waits for the disk. */
    void scan(int number, Consumer<RecordBatch> visitor) {
        PartitionLog log = partition(number);
        long offset = log.startOffset();
        while (offset < log.endOffset()) {
            Fetched fetched = log.read(offset, READ_BYTES);
            if (fetched.isEmpty()) {
                return; // what is left was cleaned away
            }
            for (var batch : fetched.records().batches()) {
                visitor.accept(batch);
                offset = batch.nextOffset();
            }
        }
    }

    /** Appends, then brings the view up to date; done when both are. Blocks while the queue of the log is full. */
    CompletableFuture<Appended> append(int number, MemoryRecords records) {
        return partition(number).appendOwn(records).thenApply(appended -> {
            // The log wrote the offsets into this buffer.
            records.batches().forEach(batch -> view.replay(number, batch));
            return appended;
        });
    }
}
