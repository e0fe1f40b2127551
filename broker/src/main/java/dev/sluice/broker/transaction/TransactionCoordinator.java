package dev.sluice.broker.transaction;

import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.log.PartitionLogs;
import dev.sluice.broker.log.SerialThread;
import dev.sluice.broker.topic.NewTopic;
import dev.sluice.broker.topic.TopicCatalog;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.CoordinatorNotAvailableException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.coordinator.transaction.TransactionMetadata;
import org.apache.kafka.coordinator.transaction.TransactionState;
import org.apache.kafka.server.common.TransactionVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions of the first protocol version: partitions are added before they are written to, and the epoch changes with
 * {@code init} and time-outs only. The states and their records are Kafka's own {@link TransactionMetadata}:
 *
 * <pre>
 *            addPartitions              end               markers written
 *   Empty ──────────────────► Ongoing ──────► Prepare… ──────────────────► Complete… ── addPartitions ──► Ongoing
 *     ▲                          │ time-out, init: the epoch rises, PrepareAbort          │
 *     └──────────────────────────┴─────────────────── init ──────────────────────────────┘
 * </pre>
 *
 * <p>All state belongs to the thread {@code transactions}. A change counts when its record is in {@code __transaction_state};
 * requests about one id are done in their order, so that none meets a transition of another. What a crash leaves in a state
 * {@code Prepare…} is brought to its end when the broker opens.
 */
public final class TransactionCoordinator implements TransactionService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionCoordinator.class);
    /** More are refused, so that the steps of those under way always find room in the queue of the thread. */
    private static final int REQUESTS_MAX = 4_000;

    private final BrokerConfig.Transactions settings;
    private final StateTopic topic;
    private final GroupService groups;
    private final Clock clock;
    private final Markers markers;
    private final ProducerIds producerIds;
    private final KnownTransactions known = new KnownTransactions();
    private final SerialThread thread = new SerialThread("transactions");
    private final AtomicInteger requestCount = new AtomicInteger();
    private final Transitions transitions;
    /** Both belong to the thread. */
    private final Map<String, TransactionalId> ids = new HashMap<>();

    private @Nullable RuntimeException loadFailure;

    private TransactionCoordinator(BrokerConfig config, TopicCatalog topics, PartitionLogs logs, Parts parts) {
        settings = config.transactions();
        groups = parts.groups;
        clock = parts.clock;
        producerIds = parts.producerIds;
        topic = new StateTopic(
                logs, topics, new NewTopic(StateTopic.NAME, settings.partitionCount(), settings.topicSettings()));
        markers = new Markers(logs, groups);
        transitions = new Transitions(topic, markers, known, clock, this::onThread);
    }

    /**
     * What the coordinator works with, beside logs and topics.
     *
     * @param groups where offsets are committed in transactions
     * @param producerIds gives the ids
     * @param clock tells when a transaction has been open for too long
     */
    public record Parts(GroupService groups, ProducerIds producerIds, Clock clock) {}

    /**
     * Starts the coordinator. Earlier transactions are read on its own thread; whoever asks meanwhile waits for that.
     *
     * @param config the settings
     * @param topics the topics
     * @param logs the partitions, which ask it about transactional batches from now on
     * @param parts the rest
     * @return the coordinator
     */
    public static TransactionCoordinator start(
            BrokerConfig config, TopicCatalog topics, PartitionLogs logs, Parts parts) {
        TransactionCoordinator coordinator = new TransactionCoordinator(config, topics, logs, parts);
        logs.trust(coordinator.known);
        var unused = coordinator.thread.submit(() -> {
            coordinator.load();
            return null;
        });
        logs.every(
                "transaction-timeouts",
                coordinator.settings.timeoutCheckMillis(),
                () -> coordinator.logFailure(coordinator.abortTimedOut()));
        logs.every(
                "transactional-id-expiration",
                coordinator.settings.expirationCheckMillis(),
                () -> coordinator.logFailure(coordinator.removeExpired()));
        return coordinator;
    }

    private void load() {
        if (topic.exists()) {
            try {
                topic.load().forEach((name, metadata) -> ids.put(name, new TransactionalId(metadata)));
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("the transactions cannot be read; producers of transactions are refused");
                loadFailure = e;
                return;
            }
        }
        ids.values().forEach(id -> known.show(id.known()));
        known.setLoaded();
        if (!ids.isEmpty()) {
            LOG.atInfo().addKeyValue("ids", ids.size()).log("the transactions are loaded");
        }
        ids.values().forEach(id -> logFailure(id.next(() -> transitions.settleAfterCrash(id.known()))));
    }

    private void logFailure(CompletableFuture<?> work) {
        var unused = work.whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.atWarn().addKeyValue("error", failure.getMessage()).log("a transaction cannot be ended yet");
            }
        });
    }

    /** Does a step on the thread, which may go on there later. */
    private <T> CompletableFuture<T> ask(Callable<CompletableFuture<T>> question) {
        if (requestCount.incrementAndGet() > REQUESTS_MAX) {
            requestCount.decrementAndGet();
            return CompletableFuture.failedFuture(new CoordinatorNotAvailableException(
                    "Cannot serve a request for a transaction: " + REQUESTS_MAX + " are under way."));
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        var unused = thread.submit(() -> {
                    if (loadFailure != null) {
                        throw new CoordinatorNotAvailableException(
                                "Cannot serve transactions: " + loadFailure.getMessage(), loadFailure);
                    }
                    forward(question.call(), answer);
                    return null;
                })
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        answer.completeExceptionally(failure);
                    }
                });
        return answer.whenComplete((done, failure) -> requestCount.decrementAndGet());
    }

    private static <T> void forward(CompletableFuture<T> from, CompletableFuture<T> to) {
        var unused = from.whenComplete((value, failure) -> complete(to, value, failure));
    }

    private static <T> void complete(CompletableFuture<T> to, T value, @Nullable Throwable failure) {
        if (failure == null) {
            to.complete(value);
        } else {
            to.completeExceptionally(failure);
        }
    }

    /** Brings what completes elsewhere back to the thread. */
    private <T> CompletableFuture<T> onThread(CompletableFuture<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        var unused = work.whenComplete((value, failure) -> {
            var unusedStep = thread.submit(() -> {
                        complete(result, value, failure);
                        return null;
                    })
                    .whenComplete((done, refused) -> {
                        if (refused != null) {
                            result.completeExceptionally(refused);
                        }
                    });
        });
        return result;
    }

    private <T> CompletableFuture<T> withKnown(
            TransactionalProducer producer, Function<TransactionMetadata, CompletableFuture<T>> request) {
        return ask(() -> {
            if (producer.transactionalId().isEmpty()) {
                throw Errors.INVALID_REQUEST.exception("a transactional id must not be empty");
            }
            TransactionalId id = ids.get(producer.transactionalId());
            if (id == null) {
                throw Errors.INVALID_PRODUCER_ID_MAPPING.exception();
            }
            return id.next(() -> transitions.settle(id.known()).thenCompose(settled -> {
                checkNewest(id.known(), producer);
                return request.apply(id.known());
            }));
        });
    }

    private static void checkNewest(TransactionMetadata metadata, TransactionalProducer producer) {
        if (metadata.producerId() != producer.id()) {
            throw Errors.INVALID_PRODUCER_ID_MAPPING.exception();
        }
        if (metadata.producerEpoch() != producer.epoch()) {
            throw Errors.PRODUCER_FENCED.exception();
        }
    }

    @Override
    public CompletableFuture<TransactionalProducer> init(
            String transactionalId, int timeoutMillis, Optional<TransactionalProducer> known) {
        if (transactionalId.isEmpty()) {
            return CompletableFuture.failedFuture(
                    Errors.INVALID_REQUEST.exception("a transactional id must not be empty"));
        }
        if (timeoutMillis <= 0 || timeoutMillis > settings.timeoutMillisMax()) {
            return CompletableFuture.failedFuture(Errors.INVALID_TRANSACTION_TIMEOUT.exception(
                    "The time-out of a transaction must be from 1 to transaction.max.timeout.ms="
                            + settings.timeoutMillisMax() + " ms, and " + timeoutMillis + " was asked for."));
        }
        return ask(() -> {
            TransactionalId id = ids.computeIfAbsent(transactionalId, TransactionalId::new);
            return id.next(() -> found(id, timeoutMillis)
                    .thenCompose(metadata -> admit(metadata, timeoutMillis, known))
                    .thenApply(metadata -> new TransactionalProducer(
                            transactionalId, metadata.producerId(), metadata.producerEpoch())));
        });
    }

    /** Returns the state of an id, new where it was never heard of. */
    private CompletableFuture<TransactionMetadata> found(TransactionalId id, int timeoutMillis) {
        TransactionMetadata there = id.metadata();
        if (there != null) {
            return CompletableFuture.completedFuture(there);
        }
        return onThread(topic.create().thenCompose(created -> producerIds.next()))
                .thenApply(producerId -> id.create(new TransactionMetadata(
                        id.name(),
                        producerId,
                        RecordBatch.NO_PRODUCER_ID,
                        RecordBatch.NO_PRODUCER_ID,
                        RecordBatch.NO_PRODUCER_EPOCH,
                        RecordBatch.NO_PRODUCER_EPOCH,
                        timeoutMillis,
                        TransactionState.EMPTY,
                        Set.of(),
                        -1,
                        clock.millis(),
                        TransactionVersion.TV_0)));
    }

    private CompletableFuture<TransactionMetadata> admit(
            TransactionMetadata metadata, int timeoutMillis, Optional<TransactionalProducer> known) {
        return transitions
                .settle(metadata)
                .thenCompose(settled -> {
                    known.ifPresent(believed -> Admission.check(metadata, believed));
                    return metadata.state() == TransactionState.ONGOING
                            ? transitions.abortAndFence(metadata)
                            : CompletableFuture.completedFuture(null);
                })
                .thenCompose(ended -> Admission.needsNewId(metadata, known)
                        ? onThread(producerIds.next())
                                .thenApply(fresh ->
                                        Admission.withNewId(metadata, fresh, timeoutMillis, clock.millis(), known))
                        : CompletableFuture.completedFuture(
                                Admission.withNextEpoch(metadata, timeoutMillis, clock.millis(), known)))
                .thenCompose(next -> transitions.persist(metadata, next))
                .thenApply(done -> metadata);
    }

    @Override
    public CompletableFuture<Void> addPartitions(
            TransactionalProducer producer, Collection<TopicPartition> partitions) {
        Set<TopicPartition> wanted = Set.copyOf(partitions);
        return withKnown(producer, metadata -> transitions.add(metadata, wanted));
    }

    @Override
    public CompletableFuture<Void> addGroup(TransactionalProducer producer, String group) {
        return addPartitions(
                producer, List.of(new TopicPartition(Topic.GROUP_METADATA_TOPIC_NAME, groups.partitionOf(group))));
    }

    @Override
    public CompletableFuture<Void> commitOffsets(
            TransactionalProducer producer, String group, Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Long> wanted = Map.copyOf(offsets);
        return addGroup(producer, group)
                .thenCompose(added -> groups.commitOffsets(
                        producer.transactionalId(), producer.id(), producer.epoch(), group, wanted));
    }

    @Override
    public CompletableFuture<Void> end(TransactionalProducer producer, TransactionResult result) {
        return withKnown(producer, metadata -> transitions.end(metadata, result));
    }

    @Override
    public CompletableFuture<List<TransactionDescription>> list() {
        return ask(() -> CompletableFuture.completedFuture(ids.values().stream()
                .filter(TransactionCoordinator::isShown)
                .map(id -> description(id.known()))
                .sorted(Comparator.comparing(each -> each.producer().transactionalId()))
                .toList()));
    }

    /** Whether a producer was ever let in under this id. */
    private static boolean isShown(TransactionalId id) {
        TransactionMetadata metadata = id.metadata();
        return metadata != null && metadata.producerEpoch() != RecordBatch.NO_PRODUCER_EPOCH;
    }

    private TransactionDescription description(TransactionMetadata metadata) {
        return new TransactionDescription(
                new TransactionalProducer(metadata.transactionalId(), metadata.producerId(), metadata.producerEpoch()),
                metadata.state().stateName(),
                metadata.txnTimeoutMs(),
                metadata.txnStartTimestamp(),
                clock.millis(),
                metadata.topicPartitions());
    }

    @Override
    public CompletableFuture<TransactionDescription> describe(String transactionalId) {
        return ask(() -> {
            TransactionalId id = ids.get(transactionalId);
            if (id == null || !isShown(id)) {
                throw Errors.TRANSACTIONAL_ID_NOT_FOUND.exception();
            }
            return CompletableFuture.completedFuture(description(id.known()));
        });
    }

    @Override
    public CompletableFuture<Void> writeMarker(Marker marker, TopicPartition partition) {
        return markers.write(marker, partition);
    }

    /**
     * Aborts the transactions that have been open for longer than their producers asked for, and shuts these producers out;
     * tries again to end what could not be ended before. Runs by itself; for tests with a clock of their own.
     *
     * @return done when all that are due now are ended
     */
    public CompletableFuture<Void> abortTimedOut() {
        return ask(() -> CompletableFuture.allOf(ids.values().stream()
                .filter(this::isDue)
                .map(id ->
                        id.next(() -> transitions.settle(id.known()).thenCompose(settled -> abortIfLate(id.known()))))
                .toArray(CompletableFuture[]::new)));
    }

    private boolean isDue(TransactionalId id) {
        TransactionMetadata metadata = id.metadata();
        return metadata != null && (isLate(metadata) || Transitions.isPrepared(metadata));
    }

    private boolean isLate(TransactionMetadata metadata) {
        return metadata.state() == TransactionState.ONGOING
                && metadata.txnStartTimestamp() + metadata.txnTimeoutMs() < clock.millis();
    }

    private CompletableFuture<Void> abortIfLate(TransactionMetadata metadata) {
        if (!isLate(metadata)) {
            return CompletableFuture.completedFuture(null);
        }
        LOG.atInfo()
                .addKeyValue("transactionalId", metadata.transactionalId())
                .addKeyValue("timeoutMs", metadata.txnTimeoutMs())
                .log("a transaction was open for too long and is aborted");
        return transitions.abortAndFence(metadata);
    }

    /**
     * Forgets the ids that nobody has used for {@code transactional.id.expiration.ms}. Runs by itself; for tests with a clock
     * of their own.
     *
     * @return done when all that are due now are forgotten
     */
    public CompletableFuture<Void> removeExpired() {
        return ask(() -> CompletableFuture.allOf(List.copyOf(ids.values()).stream()
                .filter(id -> id.isAlone() && id.metadata() != null)
                .map(id -> id.next(() -> removeIfExpired(id)))
                .toArray(CompletableFuture[]::new)));
    }

    private CompletableFuture<Void> removeIfExpired(TransactionalId id) {
        TransactionMetadata metadata = id.known();
        boolean isExpired = metadata.state().isExpirationAllowed()
                && metadata.txnLastUpdateTimestamp() <= clock.millis() - settings.idExpirationMillis();
        if (!isExpired || !id.isAlone()) {
            return CompletableFuture.completedFuture(null);
        }
        ids.remove(id.name());
        return onThread(topic.remove(id.name(), clock.millis())).handle((done, failure) -> {
            if (failure == null) {
                known.forget(metadata);
            } else {
                ids.putIfAbsent(id.name(), id);
            }
            return null;
        });
    }

    /** Ends the thread; what is under way ends with an error, and is brought to its end by the next start. */
    @Override
    public void close() {
        thread.close();
    }
}
