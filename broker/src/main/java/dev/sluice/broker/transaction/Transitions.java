package dev.sluice.broker.transaction;

import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ConcurrentTransactionsException;
import org.apache.kafka.common.errors.CoordinatorNotAvailableException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.coordinator.transaction.TransactionMetadata;
import org.apache.kafka.coordinator.transaction.TransactionState;
import org.apache.kafka.coordinator.transaction.TxnTransitMetadata;
import org.apache.kafka.server.common.TransactionVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves a transaction from state to state: first in the log, then in memory. Used on the coordinator's thread. */
final class Transitions {
    private static final Logger LOG = LoggerFactory.getLogger(Transitions.class);
    /** There is one coordinator and there never was another. */
    private static final int COORDINATOR_EPOCH = 0;

    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final StateTopic topic;
    private final Markers markers;
    private final KnownTransactions known;
    private final Clock clock;
    private final Return thread;

    /** Brings what completes elsewhere back to the coordinator's thread. */
    interface Return {
        <T> CompletableFuture<T> to(CompletableFuture<T> work);
    }

    Transitions(StateTopic topic, Markers markers, KnownTransactions known, Clock clock, Return thread) {
        this.topic = topic;
        this.markers = markers;
        this.known = known;
        this.clock = clock;
        this.thread = thread;
    }

    /** Writes a prepared change and makes it true; takes the preparation back where it cannot be written. */
    CompletableFuture<Void> persist(TransactionMetadata metadata, TxnTransitMetadata next) {
        return thread.to(topic.append(metadata.transactionalId(), next, clock.millis()))
                .handle((appended, failure) -> {
                    if (failure != null) {
                        metadata.pendingState(Optional.empty());
                        throw unavailable(metadata, failure);
                    }
                    metadata.completeTransitionTo(next);
                    known.show(metadata);
                    return null;
                });
    }

    private static CoordinatorNotAvailableException unavailable(TransactionMetadata metadata, Throwable failure) {
        return new CoordinatorNotAvailableException(
                "Cannot note the state of transactional id " + metadata.transactionalId() + ": "
                        + unwrapped(failure).getMessage(),
                failure);
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    CompletableFuture<Void> add(TransactionMetadata metadata, Set<TopicPartition> partitions) {
        boolean isDone = metadata.state() == TransactionState.ONGOING
                && metadata.topicPartitions().containsAll(partitions);
        return isDone
                ? DONE
                : persist(metadata, metadata.prepareAddPartitions(partitions, clock.millis(), TransactionVersion.TV_0));
    }

    /** Ends what a producer has open; where it has nothing open, the result must be that of its last transaction. */
    CompletableFuture<Void> end(TransactionMetadata metadata, TransactionResult result) {
        boolean isCommit = result == TransactionResult.COMMIT;
        boolean isDone = switch (metadata.state()) {
            case ONGOING -> false;
            case COMPLETE_COMMIT -> isCommit || invalid(metadata, result);
            case COMPLETE_ABORT -> !isCommit || invalid(metadata, result);
            case EMPTY, PREPARE_COMMIT, PREPARE_ABORT, DEAD, PREPARE_EPOCH_FENCE -> invalid(metadata, result);
        };
        return isDone
                ? DONE
                : prepareAndComplete(
                        metadata, isCommit ? TransactionState.PREPARE_COMMIT : TransactionState.PREPARE_ABORT);
    }

    private static boolean invalid(TransactionMetadata metadata, TransactionResult result) {
        throw Errors.INVALID_TXN_STATE.exception("Cannot end the transaction of " + metadata.transactionalId()
                + " with " + result + ": its state is " + metadata.state().stateName() + ".");
    }

    private CompletableFuture<Void> prepareAndComplete(TransactionMetadata metadata, TransactionState prepared) {
        TxnTransitMetadata next = metadata.prepareAbortOrCommit(
                prepared, TransactionVersion.TV_0, RecordBatch.NO_PRODUCER_ID, clock.millis(), false);
        return persist(metadata, next).thenCompose(done -> complete(metadata, metadata.topicPartitions()));
    }

    /** Aborts in the next epoch, which nobody gets to know: the producer that has the transaction open is shut out. */
    CompletableFuture<Void> abortAndFence(TransactionMetadata metadata) {
        TxnTransitMetadata fence = metadata.prepareFenceProducerEpoch();
        metadata.pendingState(Optional.empty());
        metadata.setProducerEpoch(fence.producerEpoch());
        metadata.setLastProducerEpoch(RecordBatch.NO_PRODUCER_EPOCH);
        return prepareAndComplete(metadata, TransactionState.PREPARE_ABORT).whenComplete((done, failure) -> {
            if (failure != null && metadata.state() == TransactionState.ONGOING) {
                metadata.hasFailedEpochFence(true); // the epoch was not noted, and the next try takes it again
            }
        });
    }

    private CompletableFuture<Void> complete(TransactionMetadata metadata, Collection<TopicPartition> partitions) {
        TransactionResult result = metadata.state() == TransactionState.PREPARE_COMMIT
                ? TransactionResult.COMMIT
                : TransactionResult.ABORT;
        Marker marker = new Marker(metadata.producerId(), metadata.producerEpoch(), COORDINATOR_EPOCH, result);
        return thread.to(markers.writeAll(marker, partitions))
                .thenCompose(written -> persist(metadata, metadata.prepareComplete(clock.millis())));
    }

    /** Brings a transaction to its end that was left between {@code Prepare…} and {@code Complete…}. */
    CompletableFuture<Void> settle(TransactionMetadata metadata) {
        return isPrepared(metadata) ? settle(metadata, metadata.topicPartitions()) : DONE;
    }

    /** As {@link #settle}; partitions that have their marker already get no second one. */
    CompletableFuture<Void> settleAfterCrash(TransactionMetadata metadata) {
        return isPrepared(metadata)
                ? settle(metadata, markers.stillOpen(metadata.topicPartitions(), metadata.producerId()))
                : DONE;
    }

    static boolean isPrepared(TransactionMetadata metadata) {
        return metadata.state() == TransactionState.PREPARE_COMMIT
                || metadata.state() == TransactionState.PREPARE_ABORT;
    }

    private CompletableFuture<Void> settle(TransactionMetadata metadata, Collection<TopicPartition> partitions) {
        String prepared = metadata.state().stateName();
        return complete(metadata, partitions).handle((done, failure) -> {
            if (failure != null) {
                throw new ConcurrentTransactionsException("Cannot go on with transactional id "
                        + metadata.transactionalId() + ": its last transaction is not ended yet, "
                        + unwrapped(failure).getMessage());
            }
            LOG.atInfo()
                    .addKeyValue("transactionalId", metadata.transactionalId())
                    .addKeyValue("from", prepared)
                    .log("a transaction that was left half ended is complete");
            return null;
        });
    }
}
