package dev.sluice.broker.log;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.MemoryRecords;

/**
 * The log of one partition: batches of records in Kafka's v2 format, numbered in order. All methods may be called from
 * any thread.
 *
 * <p>Errors are {@link dev.sluice.broker.BrokerException}s: thrown by the synchronous methods, in the futures of the
 * others.
 */
public interface PartitionLog {
    /** Returns the topic and the number of the partition. */
    TopicPartition partition();

    /**
     * Appends batches in their order, without others between them. One batch is taken whole or not at all; of several, those
     * before a refused one stay. The log thread writes the offsets into the very buffer that is given: it belongs to
     * the log until the future is done. Done means written to the page cache, which survives the death of the process
     * (invariant 9); a power cut only with {@code flush.messages} or {@code flush.ms}.
     *
     * <p>Blocks while the queue of the log thread is full ({@code queued.max.requests}, {@code queued.max.request.bytes}),
     * except on a log thread itself. An event loop uses {@link #tryAppend}. Appends of one thread keep their order.
     *
     * @param batches one or more batches
     * @return where they went. Completes on the log thread: hop to your own thread before doing work.
     */
    CompletableFuture<Appended> append(MemoryRecords batches);

    /**
     * As {@link #append}, for batches that the broker itself writes: markers, which end transactions, are taken too, and
     * sequence numbers are not asked for.
     *
     * @param batches one or more batches
     * @return where they went. Completes on the log thread: hop to your own thread before doing work.
     */
    CompletableFuture<Appended> appendOwn(MemoryRecords batches);

    /**
     * As {@link #append}, but never blocks.
     *
     * @param batches one or more batches
     * @return empty when the queue is full: pause the source of the batches and try again after the next completion
     */
    Optional<CompletableFuture<Appended>> tryAppend(MemoryRecords batches);

    /**
     * Reads batches from an offset on. Waits for a reader thread and the disk, so never call it on an event loop. An
     * interrupt ends the wait with {@link dev.sluice.broker.BrokerException.Interrupted} and harms nobody else.
     *
     * @param offset the first offset wanted; the end offset is allowed and finds nothing
     * @param bytesMax the most bytes to read; the first batch comes whole even where it is larger
     * @return the batches, at most up to the end of a segment
     */
    Fetched read(long offset, int bytesMax);

    /**
     * As {@link #read}, but only records of which it is decided that they stay: the read ends before the first transaction
     * that is open, and names the aborted ones, whose batches {@link AbortedBatches} tells. Markers are among the batches.
     *
     * @param offset the first offset wanted; from the stable offset to the end offset nothing is found
     * @param bytesMax the most bytes to read; the first batch comes whole even where it is larger
     * @return the batches, at most up to the end of a segment
     */
    Fetched readCommitted(long offset, int bytesMax);

    /** As {@link #read}, for callers that may not wait. Completes on a reader thread: hop before doing work. */
    CompletableFuture<Fetched> readAsync(long offset, int bytesMax);

    /**
     * As {@link #read}, but the batches stay in their file, to be sent from there. The file may go after
     * {@code file.delete.delay.ms}, so send soon.
     *
     * @param offset the first offset wanted; the end offset is allowed and finds nothing
     * @param bytesMax the most bytes; the first batch comes whole even where it is larger
     * @param isolation whether records of open transactions are wanted, and the aborted ones named
     * @return where the batches are, at most up to the end of a segment
     */
    Located locate(long offset, int bytesMax, Isolation isolation);

    /**
     * Notes that batches which {@link #locate} found are on their way to a reader, for the metrics of the topic.
     *
     * @param byteCount their bytes
     */
    void onSent(long byteCount);

    /** Returns the first offset that can be read. */
    long startOffset();

    /** Returns the offset that the next record gets; everything below can be read. */
    long endOffset();

    /**
     * Returns the first record of a transaction that is still open, else the end offset: below it everything is decided.
     * An append that moves it calls back as {@link #onAppend} says.
     */
    long stableOffset();

    /** Returns the producers that the log remembers, those with open transactions among them. */
    List<ActiveProducer> producers();

    /**
     * Finds the first record of a time or later. Reads the disk, see {@link #read}.
     *
     * @param timestampMillis the time, in milliseconds since 1970
     * @return its offset; empty when all records are older
     */
    OptionalLong offsetForTimestamp(long timestampMillis);

    /**
     * As {@link #offsetForTimestamp}, with the time of the record found.
     *
     * @param timestampMillis the time, in milliseconds since 1970
     * @return the first record of that time or later; empty when all records are older
     */
    Optional<TimedOffset> findByTimestamp(long timestampMillis);

    /** Finds the record with the latest time; empty where there is no record. Reads the disk, see {@link #read}. */
    Optional<TimedOffset> latestByTimestamp();

    /**
     * Removes the records below an offset: at once for readers, on disk by whole segments later.
     *
     * @param offset the new first offset, at most the end offset
     * @return the first offset that is readable now. Completes on the log thread.
     */
    CompletableFuture<Long> deleteRecordsBefore(long offset);

    /**
     * Calls back after each append, when the new records can be read, and once when the partition is deleted or closed,
     * so that nobody waits for ever. Runs on the log thread: only set a flag or post a step, never block. Subscribe
     * before you look at the end offset, or you may miss the last append.
     *
     * @param wakeUp what to call
     * @return ends it; a call that is under way may still come
     */
    Subscription onAppend(Runnable wakeUp);

    /** Returns the size of all segments in bytes. */
    long sizeBytes();
}
