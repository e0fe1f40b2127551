package dev.sluice.runtime.transport;

import dev.sluice.api.record.TopicPartition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Appends to and reads from a log. All methods may be called from any thread but an event loop. */
public interface Transport extends AutoCloseable {
    /**
     * Appends batches. Blocks while the log's queue is full, which is how a slow log slows a source down.
     *
     * @return completes when all batches are in the log, with the offset of the first record of each batch, in the order
     *     given; fails with a {@link dev.sluice.api.error.ConnectorException} in words if one is not, others then may be.
     *     Completes on a thread of the log: post the result to your own
     */
    CompletableFuture<List<Long>> append(List<PartitionBatch> batches);

    /**
     * Opens a writer whose batches become visible transaction by transaction. Every earlier writer of that id, in whatever
     * process, is fenced: its open transaction is aborted, and it can append nothing more. Blocks.
     *
     * @param id names the writer over restarts
     * @param timeout how long a transaction may stay open before it is aborted and the writer fenced
     */
    TransactionalWriter transactionalWriter(String id, Duration timeout);

    /** Aborts what writers with such ids, gone by now, left open; readers wait for it otherwise. Blocks. */
    void abortTransactions(Predicate<String> ids);

    /**
     * Opens a partition for reading; empty where there is none.
     *
     * @param isolation whether records of open and aborted transactions are read too
     * @param wakeUp called on a thread of the log whenever there may be something new; it must only set a flag or post
     */
    Optional<PartitionReader> reader(TopicPartition partition, Isolation isolation, Runnable wakeUp);

    /** Returns the first offset of a partition that can be read; empty where there is no such partition. */
    OptionalLong startOffset(TopicPartition partition);

    /**
     * Returns the offset up to which a reader of that isolation is given records, as {@link PartitionReader#endOffset} does,
     * without opening one; empty where there is no such partition. Cheap: it reads memory only.
     */
    OptionalLong endOffset(TopicPartition partition, Isolation isolation);

    /**
     * Finds where records of a time begin. Reads the disk.
     *
     * @param millis the time, in milliseconds since 1970-01-01T00:00Z
     * @return the offset of the first record of that time or later, or the partition's end where all are older; empty where
     *     there is no such partition
     */
    OptionalLong offsetForTimestamp(TopicPartition partition, long millis);

    /**
     * Returns how old the records at an offset are: when the batch that holds it begins, in milliseconds since
     * 1970-01-01T00:00Z. Reads the head of one or two batches, whatever their size.
     *
     * @return empty where there is no such partition, no record at the offset or behind it, or no time in it
     */
    OptionalLong timestampAt(TopicPartition partition, long offset);

    /** Returns the number of partitions of a topic, or 0 if there is no such topic. */
    int partitionCount(String topic);

    /** Creates a topic; one that exists is left as it is. */
    void createTopic(String topic, TopicSettings settings);

    /** Returns the names of all topics, internal ones included. */
    Set<String> topics();

    /** Returns the partition that a record with this key goes to, as Kafka's own producers choose it. */
    int partitionFor(byte[] key, int partitionCount);

    /** Returns a sink group's committed offsets: the next offset to read, by partition; empty for an unknown group. */
    Map<TopicPartition, Long> committedOffsets(String group);

    /** Commits a sink group's offsets; completes when they are durable. */
    CompletableFuture<Void> commitOffsets(String group, Map<TopicPartition, Long> offsets);

    /**
     * Sets a sink group's offsets, or forgets them where they are null, while nobody reads with that group.
     *
     * @return completes when all is durable; fails with a {@link dev.sluice.api.error.ConnectorException} in words
     */
    CompletableFuture<Void> changeOffsets(String group, Map<TopicPartition, @Nullable Long> offsets);

    /** Forgets a sink group. */
    CompletableFuture<Void> deleteGroup(String group);

    /**
     * Calls back after each change of topics: one that is new or gone, or has more partitions. On a thread of the broker, so it
     * must return at once.
     *
     * @return ends the calls when it is closed
     */
    TopicListening onTopicsChanged(Runnable listener);

    /** A subscription to changes of topics. */
    interface TopicListening extends AutoCloseable {
        /** Ends the calls. */
        @Override
        void close();
    }

    /** Returns what the log counts itself. Looks at every partition. */
    List<LogMetric> metrics();

    /** Returns where Kafka's clients are served, with the ports that were bound; empty where they are not. */
    List<String> clientAddresses();

    /** Returns the identity of the cluster that the log belongs to. */
    String clusterId();

    /** Lets go of the log; nothing may be appended afterwards. */
    @Override
    void close();
}
