package dev.sluice.broker.handler;

import dev.sluice.broker.log.PartitionLog;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderPartition;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopic;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.EpochEndOffset;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.OffsetForLeaderTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.OffsetsForLeaderEpochRequest;
import org.apache.kafka.common.requests.OffsetsForLeaderEpochResponse;

/**
 * OffsetForLeaderEpoch (23), versions 2 to 4: where an epoch of the leader ends. There is one epoch, see
 * {@link LeaderEpochs}, and it ends where the log ends; of others nothing is known.
 */
final class OffsetForLeaderEpochHandler implements Handler<OffsetsForLeaderEpochRequest> {
    private final Backend backend;

    OffsetForLeaderEpochHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.OFFSET_FOR_LEADER_EPOCH;
    }

    @Override
    public Versions versions() {
        return Versions.of(2, 4);
    }

    @Override
    public CompletableFuture<AbstractResponse> handle(Call<OffsetsForLeaderEpochRequest> call) {
        OffsetForLeaderEpochResponseData data = new OffsetForLeaderEpochResponseData();
        for (OffsetForLeaderTopic topic : call.request().data().topics()) {
            data.topics()
                    .mustAdd(new OffsetForLeaderTopicResult()
                            .setTopic(topic.topic())
                            .setPartitions(topic.partitions().stream()
                                    .map(partition -> find(topic.topic(), partition))
                                    .toList()));
        }
        return CompletableFuture.completedFuture(new OffsetsForLeaderEpochResponse(data));
    }

    private EpochEndOffset find(String topic, OffsetForLeaderPartition wanted) {
        EpochEndOffset answer = new EpochEndOffset().setPartition(wanted.partition());
        Optional<PartitionLog> log = Named.of(backend, topic, Uuid.ZERO_UUID).log(backend, wanted.partition());
        if (log.isEmpty()) {
            return answer.setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
        }
        Optional<Errors> error = LeaderEpochs.check(wanted.currentLeaderEpoch());
        if (error.isPresent()) {
            return answer.setErrorCode(error.get().code());
        }
        return wanted.leaderEpoch() == LeaderEpochs.ONLY
                ? answer.setLeaderEpoch(LeaderEpochs.ONLY)
                        .setEndOffset(log.get().endOffset())
                : answer;
    }
}
