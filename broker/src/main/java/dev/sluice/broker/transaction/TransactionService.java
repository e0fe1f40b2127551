package dev.sluice.broker.transaction;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.requests.TransactionResult;

/**
 * The seam to transactions, for clients and for this process alike. A transaction goes:
 *
 * <pre>
 * init (once) → addPartitions, then append transactional batches to their logs → end → addPartitions → …
 * </pre>
 *
 * <p>Batches carry the producer's id and epoch and rising sequence numbers, which begin at 0 with each {@code init}; a log
 * refuses them unless its partition was added. What is written becomes visible to readers of committed records with
 * {@code end}, in all partitions or, after an abort, a crash of the producer or its time-out, in none.
 *
 * <p>No method blocks. Futures complete on the coordinator's thread: hop before doing work. They fail with Kafka's
 * exceptions: {@code ProducerFencedException} and {@code InvalidPidMappingException} end the producer, because another one
 * has its transactional id or the id has expired; {@code RetriableException}s such as
 * {@code ConcurrentTransactionsException} and {@code CoordinatorNotAvailableException} ask for another try.
 */
public interface TransactionService {
    /**
     * Lets a producer in. The transaction that an earlier producer left open is aborted, and that producer is shut out;
     * the future completes when this is done.
     *
     * @param transactionalId the name that the producer has over all its lives
     * @param timeoutMillis how long a transaction may stay open, at most {@code transaction.max.timeout.ms}
     * @return the producer
     */
    default CompletableFuture<TransactionalProducer> init(String transactionalId, int timeoutMillis) {
        return init(transactionalId, timeoutMillis, Optional.empty());
    }

    /**
     * As above, for a producer that had been let in and goes on after an error: it keeps its place unless somebody else
     * took it (KIP-360).
     *
     * @param transactionalId the name of the producer
     * @param timeoutMillis how long a transaction may stay open
     * @param known who it believes to be
     * @return the producer, of the next epoch
     */
    CompletableFuture<TransactionalProducer> init(
            String transactionalId, int timeoutMillis, Optional<TransactionalProducer> known);

    /**
     * Begins a transaction unless one is open, and takes partitions into it.
     *
     * @param producer who writes
     * @param partitions where it is about to write
     * @return done when it may write there
     */
    CompletableFuture<Void> addPartitions(TransactionalProducer producer, Collection<TopicPartition> partitions);

    /**
     * As {@link #addPartitions}, for the offsets of a consumer group.
     *
     * @param producer who commits
     * @param group the group
     * @return done when offsets of the group may be committed in the transaction
     */
    CompletableFuture<Void> addGroup(TransactionalProducer producer, String group);

    /**
     * Commits offsets of a consumer group as a part of the transaction; does what {@link #addGroup} does first.
     *
     * @param producer who commits
     * @param group the group, which must have no members
     * @param offsets the next offset to read, by partition
     * @return done when they are in the log; they count once the transaction is committed
     */
    CompletableFuture<Void> commitOffsets(
            TransactionalProducer producer, String group, Map<TopicPartition, Long> offsets);

    /**
     * Ends the transaction. Ending again with the same result is answered as the first time.
     *
     * @param producer whose transaction
     * @param result commit or abort
     * @return done when the markers are in all partitions, so that readers see the result
     */
    CompletableFuture<Void> end(TransactionalProducer producer, TransactionResult result);

    /** Describes all transactional ids that are known, sorted by id. */
    CompletableFuture<List<TransactionDescription>> list();

    /**
     * Describes one transactional id.
     *
     * @param transactionalId the id
     * @return its state; fails with {@code TransactionalIdNotFoundException} where it is unknown
     */
    CompletableFuture<TransactionDescription> describe(String transactionalId);

    /**
     * Ends a transaction in one partition whatever the coordinator knows: for administrators, whose transaction hangs there.
     *
     * @param marker whose, and how
     * @param partition the partition
     * @return done when the marker is in the log
     */
    CompletableFuture<Void> writeMarker(Marker marker, TopicPartition partition);
}
