package dev.sluice.runtime.transport;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.broker.Broker;
import dev.sluice.broker.transaction.TransactionDescription;
import dev.sluice.broker.transaction.TransactionService;
import dev.sluice.broker.transaction.TransactionalProducer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.RetriableException;

/** Opens transactional writers on the built-in broker and clears up after those that are gone. Any thread. */
final class LocalTransactions {
    /** Kafka's name of the state of a transaction that nobody has ended. */
    private static final String OPEN = "Ongoing";

    private static final Executor AFTER_A_PAUSE = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Broker broker;
    private final BatchEncoder encoder;
    /** By writer: done, whatever came of it, when the newest commit and what was to happen upon it is over. */
    private final Map<String, CompletableFuture<Void>> commits = new ConcurrentHashMap<>();

    LocalTransactions(Broker broker, BatchEncoder encoder) {
        this.broker = broker;
        this.encoder = encoder;
    }

    /** See {@link Transport#transactionalWriter}. */
    TransactionalWriter writer(String id, Duration timeout) {
        TransactionalProducer producer = init(id, (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE));
        // A predecessor's commit may have come just in time; what follows from it must be seen by the successor.
        commits.getOrDefault(id, CompletableFuture.completedFuture(null)).join();
        return new LocalWriter(broker, encoder, producer, this);
    }

    private TransactionalProducer init(String id, int timeoutMillis) {
        TransactionService service = broker.transactions();
        try {
            return LocalTransport.join(retried(() -> service.init(id, timeoutMillis), System.nanoTime()));
        } catch (ConnectorException refused) {
            if (refused.getCause() instanceof InvalidTxnTimeoutException) {
                throw new ConnectorException(
                        "Cannot let a transaction be open for " + timeoutMillis + " ms: the log allows less. Lower"
                                + " transaction.boundary.interval.ms or producer.override.transaction.timeout.ms, or"
                                + " raise broker.transaction.max.timeout.ms in the worker file.",
                        refused);
            }
            throw refused;
        }
    }

    /** The coordinator asks for another try while it ends a transaction of the same name. */
    private static <T> CompletableFuture<T> retried(Supplier<CompletableFuture<T>> call, long since) {
        return call.get().exceptionallyCompose(failure -> {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            boolean isWorthATry = cause instanceof RetriableException && System.nanoTime() - since < PATIENCE.toNanos();
            return isWorthATry
                    ? CompletableFuture.runAsync(() -> {}, AFTER_A_PAUSE).thenCompose(pause -> retried(call, since))
                    : CompletableFuture.failedFuture(cause);
        });
    }

    /** Runs a commit so that a successor of the writer can wait for its end. */
    CompletableFuture<Void> committing(String id, Supplier<CompletableFuture<Void>> commit) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        commits.put(id, over);
        return commit.get().whenComplete((done, failure) -> over.complete(null));
    }

    /** See {@link Transport#abortTransactions}. */
    void abort(Predicate<String> ids) {
        for (TransactionDescription found :
                LocalTransport.join(broker.transactions().list())) {
            String id = found.producer().transactionalId();
            if (found.state().equals(OPEN) && ids.test(id)) {
                var unused = init(id, found.timeoutMillis());
            }
        }
    }
}
