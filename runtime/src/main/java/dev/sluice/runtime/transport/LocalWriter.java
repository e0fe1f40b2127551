package dev.sluice.runtime.transport;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.broker.Broker;
import dev.sluice.broker.log.Appended;
import dev.sluice.broker.transaction.TransactionService;
import dev.sluice.broker.transaction.TransactionalProducer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.requests.TransactionResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Transactions of the built-in broker, without a socket. Made by {@link LocalTransactions}. */
final class LocalWriter implements TransactionalWriter {
    private static final Logger LOG = LoggerFactory.getLogger(LocalWriter.class);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final Broker broker;
    private final TransactionService service;
    private final BatchEncoder encoder;
    private final TransactionalProducer producer;
    private final LocalTransactions writers;
    /** The sequence number of the next record, by partition. */
    private final Map<TopicPartition, Integer> sequences = new HashMap<>();
    /** What the open transaction may write to. */
    private final Set<TopicPartition> joined = new HashSet<>();
    /** Set where the commit begins, which need not be the owner's thread; the owner waits for it before it goes on. */
    private volatile boolean isEnded;

    LocalWriter(Broker broker, BatchEncoder encoder, TransactionalProducer producer, LocalTransactions writers) {
        this.broker = broker;
        this.service = broker.transactions();
        this.encoder = encoder;
        this.producer = producer;
        this.writers = writers;
    }

    @Override
    public CompletableFuture<List<Long>> append(List<PartitionBatch> batches) throws InterruptedException {
        join(batches);
        List<CompletableFuture<Appended>> appends = new ArrayList<>(batches.size());
        for (PartitionBatch batch : batches) {
            TopicPartition to = kafka(batch);
            int sequence = sequences.getOrDefault(to, 0);
            appends.add(broker.append(
                    to.topic(),
                    to.partition(),
                    encoder.encode(batch.records(), producer.id(), producer.epoch(), sequence)));
            sequences.put(
                    to, BatchEncoder.sequenceAfter(sequence, batch.records().size()));
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

    /** Takes partitions into the transaction, which begins with the first. */
    private void join(List<PartitionBatch> batches) throws InterruptedException {
        if (isEnded) {
            joined.clear();
            isEnded = false;
        }
        List<TopicPartition> missing = batches.stream()
                .map(LocalWriter::kafka)
                .filter(partition -> !joined.contains(partition))
                .toList();
        if (!missing.isEmpty()) {
            await(service.addPartitions(producer, missing));
            joined.addAll(missing);
        }
    }

    @Override
    public CompletableFuture<Void> commit(Runnable onCommitted) {
        if (isEnded || joined.isEmpty()) {
            onCommitted.run();
            return CompletableFuture.completedFuture(null);
        }
        isEnded = true;
        return writers.committing(
                producer.transactionalId(),
                () -> service.end(producer, TransactionResult.COMMIT)
                        .thenRun(onCommitted)
                        .exceptionally(failure -> {
                            throw new CompletionException(inWords(failure));
                        }));
    }

    @Override
    public void discard() throws InterruptedException {
        if (!isEnded && !joined.isEmpty()) {
            isEnded = true;
            await(service.end(producer, TransactionResult.ABORT));
        }
    }

    @Override
    public void close() {
        if (isEnded || joined.isEmpty()) {
            return;
        }
        try {
            service.end(producer, TransactionResult.ABORT).get(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            // Its successor, or its time-out, aborts it.
            LOG.atDebug().setCause(failed).log("the transaction of {} stays open", producer.transactionalId());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> T await(Future<T> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            throw inWords(failed.getCause() == null ? failed : failed.getCause());
        }
    }

    private ConnectorException inWords(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ProducerFencedException
                || cause instanceof InvalidProducerEpochException
                || cause instanceof InvalidTxnStateException) {
            return new ConnectorException(
                    "Cannot go on with the transaction of " + producer.transactionalId()
                            + ": it was open for too long, so that the log aborted it, or another task has taken over its"
                            + " name. Raise producer.override.transaction.timeout.ms where the source takes its time.",
                    cause);
        }
        return LocalTransport.inWords(cause);
    }

    private static TopicPartition kafka(PartitionBatch batch) {
        return new TopicPartition(batch.partition().topic(), batch.partition().partition());
    }
}
