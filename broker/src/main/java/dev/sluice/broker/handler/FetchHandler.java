package dev.sluice.broker.handler;

import dev.sluice.broker.log.Isolation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.FetchMetadata;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;

/**
 * Fetch (1), versions 4 to 18: reads batches of many partitions, which are sent from their files; from version 13 on topics
 * are named by id. The answer waits until there are {@code min.bytes}, an error or the end of {@code max.wait.ms}: see
 * {@link WaitingFetch}.
 *
 * <p>Not done: fetch sessions. Every answer has session 0, upon which clients name all partitions each time; asking for a
 * session gets FETCH_SESSION_ID_NOT_FOUND. There are no followers: whoever asks reads up to the high watermark, or up to the
 * last stable offset where it wants committed records only; the client leaves out what the answer names as aborted.
 */
final class FetchHandler implements Handler<FetchRequest> {
    private final Backend backend;

    FetchHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.FETCH;
    }

    @Override
    public Versions versions() {
        return Versions.of(4, 18);
    }

    @Override
    public CompletableFuture<AbstractResponse> handle(Call<FetchRequest> call) {
        FetchRequestData data = call.request().data();
        boolean isPartOfSession = data.sessionId() != FetchMetadata.INVALID_SESSION_ID
                && data.sessionEpoch() != FetchMetadata.INITIAL_EPOCH
                && data.sessionEpoch() != FetchMetadata.FINAL_EPOCH;
        if (isPartOfSession) {
            return CompletableFuture.completedFuture(
                    FetchResponse.of(new FetchResponseData().setErrorCode(Errors.FETCH_SESSION_ID_NOT_FOUND.code())));
        }
        Isolation isolation = data.isolationLevel() == IsolationLevel.READ_COMMITTED.id()
                ? Isolation.COMMITTED
                : Isolation.UNCOMMITTED;
        List<FetchedPartition> partitions = new ArrayList<>();
        for (FetchTopic topic : data.topics()) {
            Named named = Named.of(backend, topic.topic(), topic.topicId());
            for (FetchPartition partition : topic.partitions()) {
                partitions.add(FetchedPartition.of(backend, named, partition, isolation));
            }
        }
        return new WaitingFetch(backend, call, partitions, found -> answer(data, found)).start();
    }

    /** The partitions come in the order of the request. */
    private static FetchResponse answer(FetchRequestData request, List<PartitionData> found) {
        List<FetchableTopicResponse> topics = new ArrayList<>(request.topics().size());
        int from = 0;
        for (FetchTopic topic : request.topics()) {
            int to = from + topic.partitions().size();
            topics.add(new FetchableTopicResponse()
                    .setTopic(topic.topic())
                    .setTopicId(topic.topicId())
                    .setPartitions(found.subList(from, to)));
            from = to;
        }
        return FetchResponse.of(new FetchResponseData().setResponses(topics));
    }
}
