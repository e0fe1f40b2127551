package dev.sluice.broker.handler;

import dev.sluice.broker.BrokerException;
import dev.sluice.broker.log.Appended;
import dev.sluice.broker.log.PartitionLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.BatchIndexAndErrorMessage;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;

/**
 * Produce (0), versions 3 to 13: appends one batch per partition; from version 13 on topics are named by id. Announced from
 * version 0 on, see {@link ApiVersionsHandler}. {@code acks} 1 and all mean the same on one node: the answer follows the
 * append. With 0 there is no answer, and an error ends the connection, as in Kafka. Repeated batches of idempotent
 * producers are answered with the offsets of the first.
 *
 * <p>A transactional batch is taken where the log finds its transaction open. Version 11 adds TRANSACTION_ABORTABLE for
 * one that is not.
 *
 * <p>Not done: versions 12 and above do not add partitions to a transaction by themselves (KIP-890), which clients expect of
 * brokers that announce {@code transaction.version} 2 only; {@code min.insync.replicas} above 1 is not refused; the
 * time-out of the request is not looked at, because an append waits for nobody else.
 */
final class ProduceHandler implements Handler<ProduceRequest> {
    private static final long NO_OFFSET = -1;
    private static final int FIRST_WITH_ABORTABLE = 11;

    private final Backend backend;

    ProduceHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.PRODUCE;
    }

    @Override
    public Versions versions() {
        return Versions.of(3, 13);
    }

    @Override
    public boolean hasAnswer(ProduceRequest request) {
        return request.acks() != 0;
    }

    @Override
    public CompletableFuture<AbstractResponse> handle(Call<ProduceRequest> call) {
        ProduceRequestData data = call.request().data();
        if (data.acks() < -1 || data.acks() > 1) {
            return CompletableFuture.failedFuture(Errors.INVALID_REQUIRED_ACKS.exception());
        }
        List<CompletableFuture<TopicProduceResponse>> topics = new ArrayList<>();
        for (TopicProduceData topic : data.topicData()) {
            topics.add(append(topic, call));
        }
        return Futures.all(topics).thenApply(done -> answer(done, data.acks()));
    }

    private CompletableFuture<TopicProduceResponse> append(TopicProduceData topic, Call<ProduceRequest> call) {
        Named named = Named.of(backend, topic.name(), topic.topicId());
        List<CompletableFuture<PartitionProduceResponse>> partitions = new ArrayList<>();
        for (PartitionProduceData partition : topic.partitionData()) {
            CompletableFuture<Appended> append;
            try {
                append = append(named, partition, call);
            } catch (ApiException e) {
                append = CompletableFuture.failedFuture(e);
            }
            partitions.add(append.handle((appended, failure) -> failure == null
                    ? done(partition.index(), appended)
                    : failed(partition.index(), failure, call.version())));
        }
        return Futures.all(partitions)
                .thenApply(done -> new TopicProduceResponse()
                        .setName(topic.name())
                        .setTopicId(topic.topicId())
                        .setPartitionResponses(done));
    }

    private CompletableFuture<Appended> append(Named named, PartitionProduceData partition, Call<ProduceRequest> call) {
        if (named.topic().filter(TopicReplies::isInternal).isPresent()) {
            throw Errors.INVALID_TOPIC_EXCEPTION.exception(
                    "Cannot append to topic " + named.topic().get() + ": the broker itself writes it.");
        }
        Optional<PartitionLog> log = named.log(backend, partition.index());
        if (log.isEmpty()) {
            throw named.unknown().exception();
        }
        checkFormat(partition, call.version());
        if (!(partition.records() instanceof MemoryRecords batches)) {
            throw Errors.CORRUPT_MESSAGE.exception("Cannot append: there are no records.");
        }
        return call.loop().backlog().append(() -> log.get().tryAppend(batches));
    }

    private static void checkFormat(PartitionProduceData partition, short version) {
        try {
            ProduceRequest.validateRecords(version, partition.records());
        } catch (IllegalArgumentException e) {
            throw Errors.INVALID_RECORD.exception("Cannot append: " + e.getMessage() + ".");
        }
    }

    private static PartitionProduceResponse done(int index, Appended appended) {
        return new PartitionProduceResponse()
                .setIndex(index)
                .setBaseOffset(appended.baseOffset())
                .setLogAppendTimeMs(appended.appendTimeMillis())
                .setLogStartOffset(appended.startOffset());
    }

    private static PartitionProduceResponse failed(int index, Throwable failure, short version) {
        Errors error = TransactionErrors.withoutAbortable(ErrorCodes.of(failure), version, FIRST_WITH_ABORTABLE);
        return new PartitionProduceResponse()
                .setIndex(index)
                .setErrorCode(error.code())
                .setErrorMessage(ErrorCodes.message(failure))
                .setRecordErrors(recordErrors(failure))
                .setBaseOffset(NO_OFFSET)
                .setLogStartOffset(NO_OFFSET);
    }

    /** Clients fail the records named here for what they are, and the others of the batch for being with them. */
    private static List<BatchIndexAndErrorMessage> recordErrors(Throwable failure) {
        if (!(ErrorCodes.unwrap(failure) instanceof BrokerException.BatchRefused refused)) {
            return List.of();
        }
        return refused.records().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(record -> new BatchIndexAndErrorMessage()
                        .setBatchIndex(record.getKey())
                        .setBatchIndexErrorMessage(record.getValue()))
                .toList();
    }

    private static ProduceResponse answer(List<TopicProduceResponse> topics, short acks) {
        ProduceResponseData data = new ProduceResponseData();
        for (TopicProduceResponse topic : topics) {
            if (acks == 0) {
                checkAll(topic);
            }
            data.responses().mustAdd(topic);
        }
        return new ProduceResponse(data);
    }

    /** A producer that waits for no answer learns of an error by the end of its connection. */
    private static void checkAll(TopicProduceResponse topic) {
        for (PartitionProduceResponse partition : topic.partitionResponses()) {
            if (partition.errorCode() != Errors.NONE.code()) {
                throw Errors.forCode(partition.errorCode()).exception(partition.errorMessage());
            }
        }
    }
}
