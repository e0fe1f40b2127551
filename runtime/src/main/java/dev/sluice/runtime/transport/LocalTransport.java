package dev.sluice.runtime.transport;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.broker.Broker;
import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.BrokerException;
import dev.sluice.broker.handler.Endpoint;
import dev.sluice.broker.log.Appended;
import dev.sluice.broker.log.PartitionLog;
import dev.sluice.broker.net.BrokerServer;
import dev.sluice.broker.topic.NewTopic;
import dev.sluice.broker.topic.Topic;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The built-in broker of this process as a transport: no socket, the same checks and the same log as for others. */
public final class LocalTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(LocalTransport.class);

    private final BrokerConfig config;
    private final Broker broker;
    private final BatchEncoder encoder;
    private final LocalTransactions transactions;
    private final Map<Object, Runnable> topicListeners = new ConcurrentHashMap<>();
    private Optional<BrokerServer> server = Optional.empty();

    private LocalTransport(BrokerConfig config, Broker broker) {
        this.config = config;
        this.broker = broker;
        this.encoder = new BatchEncoder(config.batchBytesMax());
        this.transactions = new LocalTransactions(broker, encoder);
        broker.topics().onChange(() -> topicListeners.values().forEach(Runnable::run));
    }

    /**
     * Opens the built-in broker, for this process alone. Blocks while it reads its data directory.
     *
     * @param settings Kafka's server settings
     * @throws ConnectorException saying which setting is wrong, or why the data directory cannot be used
     */
    public static LocalTransport open(Map<String, String> settings) {
        return inWords(() -> {
            BrokerConfig config = config(settings);
            config.warnings().forEach(LOG::warn);
            config.notes().forEach(LOG::info);
            return new LocalTransport(config, Broker.open(config));
        });
    }

    /**
     * Serves Kafka's clients too, at the addresses that the broker's setting {@code listeners} names. Blocks until these are
     * bound; called by the thread that opened the transport and that will close it.
     *
     * @param vertx gives the event loops
     * @throws ConnectorException saying which address cannot be used, and why
     */
    public void serveClients(Vertx vertx) {
        server = Optional.of(join(BrokerServer.start(broker, config, vertx)));
    }

    @Override
    public List<String> clientAddresses() {
        return server.map(BrokerServer::addresses).stream()
                .flatMap(addresses -> new TreeMap<>(addresses).values().stream())
                .map(Endpoint::toString)
                .toList();
    }

    /** The broker names its settings without the prefix that they have in the worker's file. */
    private static BrokerConfig config(Map<String, String> settings) {
        try {
            return BrokerConfig.of(settings);
        } catch (BrokerException.BadConfig wrong) {
            throw new ConnectorException(
                    wrong.getMessage()
                            + " (In the worker's settings each of these begins with broker., as in broker.log.dirs.)",
                    wrong);
        }
    }

    /** Returns the broker, for tests that change topics. */
    Broker broker() {
        return broker;
    }

    @Override
    public CompletableFuture<List<Long>> append(List<PartitionBatch> batches) {
        List<CompletableFuture<Appended>> appends = new ArrayList<>(batches.size());
        for (PartitionBatch batch : batches) {
            TopicPartition to = batch.partition();
            appends.add(broker.append(to.topic(), to.partition(), encoder.encode(batch.records())));
        }
        return CompletableFuture.allOf(appends.toArray(CompletableFuture[]::new))
                .handle((done, failure) -> {
                    if (failure != null) {
                        throw new CompletionException(inWords(failure));
                    }
                    return appends.stream()
                            .map(append -> append.join().baseOffset())
                            .toList();
                });
    }

    @Override
    public TransactionalWriter transactionalWriter(String id, Duration timeout) {
        return transactions.writer(id, timeout);
    }

    @Override
    public void abortTransactions(Predicate<String> ids) {
        transactions.abort(ids);
    }

    @Override
    public Optional<PartitionReader> reader(TopicPartition partition, Isolation isolation, Runnable wakeUp) {
        return find(partition).map(log -> new LocalReader(log, isolation, wakeUp, () -> !isSame(find(partition), log)));
    }

    private Optional<PartitionLog> find(TopicPartition partition) {
        try {
            return Optional.of(broker.log(partition.topic(), partition.partition()));
        } catch (BrokerException.UnknownPartition missing) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("ReferenceEquality") // A topic that was created anew has other logs under the same names.
    private static boolean isSame(Optional<PartitionLog> found, PartitionLog log) {
        return found.isPresent() && found.get() == log;
    }

    @Override
    public OptionalLong startOffset(TopicPartition partition) {
        return offset(partition, PartitionLog::startOffset);
    }

    @Override
    public OptionalLong endOffset(TopicPartition partition, Isolation isolation) {
        return offset(partition, log -> switch (isolation) {
            case READ_COMMITTED -> log.stableOffset();
            case READ_UNCOMMITTED -> log.endOffset();
        });
    }

    @Override
    public OptionalLong offsetForTimestamp(TopicPartition partition, long millis) {
        return offset(
                partition, log -> log.offsetForTimestamp(Math.max(0, millis)).orElseGet(log::endOffset));
    }

    private OptionalLong offset(TopicPartition partition, ToLongFunction<PartitionLog> look) {
        Optional<PartitionLog> log = find(partition);
        return log.isEmpty() ? OptionalLong.empty() : inWords(() -> OptionalLong.of(look.applyAsLong(log.get())));
    }

    @Override
    public OptionalLong timestampAt(TopicPartition partition, long offset) {
        return find(partition).map(log -> BatchTime.at(log, offset)).orElseGet(OptionalLong::empty);
    }

    @Override
    public int partitionCount(String topic) {
        return broker.topics().find(topic).map(Topic::partitionCount).orElse(0);
    }

    @Override
    public void createTopic(String topic, TopicSettings settings) {
        NewTopic wanted = new NewTopic(
                topic,
                settings.partitionCount() == TopicSettings.DEFAULT ? null : settings.partitionCount(),
                settings.configs());
        var unused = join(broker.topics().createIfMissing(wanted));
    }

    @Override
    public TopicListening onTopicsChanged(Runnable listener) {
        Object subscription = new Object();
        topicListeners.put(subscription, listener);
        return () -> topicListeners.remove(subscription);
    }

    @Override
    public Set<String> topics() {
        return broker.topics().all().keySet();
    }

    @Override
    public int partitionFor(byte[] key, int partitionCount) {
        return Utils.toPositive(Utils.murmur2(key)) % partitionCount;
    }

    @Override
    public Map<TopicPartition, Long> committedOffsets(String group) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        broker.groups()
                .committed(group)
                .forEach((place, offset) -> offsets.put(new TopicPartition(place.topic(), place.partition()), offset));
        return offsets;
    }

    @Override
    public CompletableFuture<Void> commitOffsets(String group, Map<TopicPartition, Long> offsets) {
        Map<org.apache.kafka.common.TopicPartition, Long> converted = new HashMap<>();
        offsets.forEach((place, offset) ->
                converted.put(new org.apache.kafka.common.TopicPartition(place.topic(), place.partition()), offset));
        return broker.groups().commit(group, converted);
    }

    @Override
    public CompletableFuture<Void> changeOffsets(String group, Map<TopicPartition, @Nullable Long> offsets) {
        Map<org.apache.kafka.common.TopicPartition, Long> set = new HashMap<>();
        Set<org.apache.kafka.common.TopicPartition> forgotten = new HashSet<>();
        offsets.forEach((place, offset) -> {
            var partition = new org.apache.kafka.common.TopicPartition(place.topic(), place.partition());
            if (offset == null) {
                forgotten.add(partition);
            } else {
                set.put(partition, offset);
            }
        });
        return broker.groups()
                .forget(group, forgotten)
                .thenCompose(done -> broker.groups().commit(group, set))
                .exceptionallyCompose(refused -> CompletableFuture.failedFuture(inWords(refused)));
    }

    @Override
    public CompletableFuture<Void> deleteGroup(String group) {
        return broker.groups().delete(group);
    }

    @Override
    public List<LogMetric> metrics() {
        return BrokerMetrics.read(broker);
    }

    @Override
    public String clusterId() {
        return broker.clusterId();
    }

    @Override
    public void close() {
        server.ifPresent(listening -> join(listening.close()));
        broker.close();
    }

    static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException failed) {
            throw inWords(failed);
        }
    }

    private static <T> T inWords(Supplier<T> call) {
        try {
            return call.get();
        } catch (BrokerException refused) {
            throw inWords(refused);
        }
    }

    /** The broker speaks in sentences already; the runtime and its plugins know its exceptions by the API's type. */
    static ConnectorException inWords(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = cause.getMessage();
        return new ConnectorException(
                cause instanceof BrokerException && message != null
                        ? message
                        : "Cannot use the built-in broker: " + cause,
                cause);
    }
}
