package dev.sluice.broker.handler;

import dev.sluice.broker.log.ActiveProducer;
import dev.sluice.broker.log.PartitionLog;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DescribeProducersRequestData.TopicRequest;
import org.apache.kafka.common.message.DescribeProducersResponseData;
import org.apache.kafka.common.message.DescribeProducersResponseData.PartitionResponse;
import org.apache.kafka.common.message.DescribeProducersResponseData.ProducerState;
import org.apache.kafka.common.message.DescribeProducersResponseData.TopicResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.DescribeProducersRequest;
import org.apache.kafka.common.requests.DescribeProducersResponse;

/** DescribeProducers (61), version 0: the producers that logs remember, and where their open transactions begin. */
final class DescribeProducersHandler implements Handler<DescribeProducersRequest> {
    private final Backend backend;

    DescribeProducersHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.DESCRIBE_PRODUCERS;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 0);
    }

    @Override
    public CompletableFuture<DescribeProducersResponse> handle(Call<DescribeProducersRequest> call) {
        // A log may be busy while it is asked for its producers: not on the event loop.
        return backend.broker()
                .logs()
                .onReader(() -> new DescribeProducersResponse(new DescribeProducersResponseData()
                        .setTopics(call.request().data().topics().stream()
                                .map(this::describe)
                                .toList())));
    }

    private TopicResponse describe(TopicRequest topic) {
        Named named = Named.of(backend, topic.name(), Uuid.ZERO_UUID);
        return new TopicResponse()
                .setName(topic.name())
                .setPartitions(topic.partitionIndexes().stream()
                        .map(number -> describe(named, number))
                        .toList());
    }

    private PartitionResponse describe(Named named, int number) {
        PartitionResponse response = new PartitionResponse().setPartitionIndex(number);
        Optional<PartitionLog> log = named.log(backend, number);
        if (log.isEmpty()) {
            return response.setErrorCode(named.unknown().code())
                    .setErrorMessage(named.unknown().message());
        }
        return response.setActiveProducers(log.get().producers().stream()
                .map(DescribeProducersHandler::state)
                .toList());
    }

    private static ProducerState state(ActiveProducer producer) {
        return new ProducerState()
                .setProducerId(producer.id())
                .setProducerEpoch(producer.epoch())
                .setLastSequence(producer.lastSequence())
                .setLastTimestamp(producer.lastTimestampMillis())
                .setCoordinatorEpoch(producer.coordinatorEpoch())
                .setCurrentTxnStartOffset(producer.transactionStartOffset());
    }
}
