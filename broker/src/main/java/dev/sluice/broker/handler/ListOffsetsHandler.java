package dev.sluice.broker.handler;

import dev.sluice.broker.log.PartitionLog;
import dev.sluice.broker.log.TimedOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsTopicResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.apache.kafka.common.requests.ListOffsetsResponse;

/**
 * ListOffsets (2), versions 1 to 11: the first offset, the end, the first record of a time or later, the record with the
 * latest time. There is no tiered storage: the first local offset is the first, and there is none in the tiers. For who
 * reads committed records only, the end is before the first open transaction, and nothing is found behind it.
 */
final class ListOffsetsHandler implements Handler<ListOffsetsRequest> {
    private static final TimedOffset NONE =
            new TimedOffset(ListOffsetsResponse.UNKNOWN_OFFSET, ListOffsetsResponse.UNKNOWN_TIMESTAMP);
    private static final short FIRST_WITH_LEADER_EPOCH = 4;

    private final Backend backend;

    ListOffsetsHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.LIST_OFFSETS;
    }

    @Override
    public Versions versions() {
        return Versions.of(1, 11);
    }

    @Override
    public CompletableFuture<AbstractResponse> handle(Call<ListOffsetsRequest> call) {
        // One hop to a reader thread for all partitions; looking up a time reads the disk.
        return backend.broker()
                .logs()
                .onReader(() -> new ListOffsetsResponse(new ListOffsetsResponseData()
                        .setTopics(call.request().data().topics().stream()
                                .map(topic -> find(topic, call))
                                .toList())));
    }

    private ListOffsetsTopicResponse find(ListOffsetsTopic topic, Call<ListOffsetsRequest> call) {
        Named named = Named.of(backend, topic.name(), Uuid.ZERO_UUID);
        List<ListOffsetsPartitionResponse> partitions = topic.partitions().stream()
                .map(partition -> find(named, partition, call))
                .toList();
        return new ListOffsetsTopicResponse().setName(topic.name()).setPartitions(partitions);
    }

    private ListOffsetsPartitionResponse find(Named named, ListOffsetsPartition wanted, Call<ListOffsetsRequest> call) {
        short version = call.version();
        Optional<PartitionLog> log = named.log(backend, wanted.partitionIndex());
        Errors error = log.isEmpty()
                ? named.unknown()
                : LeaderEpochs.check(wanted.currentLeaderEpoch()).orElse(Errors.NONE);
        if (log.isEmpty() || error != Errors.NONE) {
            return answer(wanted, NONE, version).setErrorCode(error.code());
        }
        try {
            long end = call.request().data().isolationLevel() == IsolationLevel.READ_COMMITTED.id()
                    ? log.get().stableOffset()
                    : log.get().endOffset();
            return answer(wanted, find(log.get(), wanted.timestamp(), end), version);
        } catch (RuntimeException e) {
            return answer(wanted, NONE, version).setErrorCode(ErrorCodes.of(e).code());
        }
    }

    private static TimedOffset find(PartitionLog log, long timestamp, long end) {
        if (timestamp == ListOffsetsRequest.LATEST_TIMESTAMP) {
            return new TimedOffset(end, ListOffsetsResponse.UNKNOWN_TIMESTAMP);
        }
        if (timestamp == ListOffsetsRequest.EARLIEST_TIMESTAMP
                || timestamp == ListOffsetsRequest.EARLIEST_LOCAL_TIMESTAMP) {
            return new TimedOffset(log.startOffset(), ListOffsetsResponse.UNKNOWN_TIMESTAMP);
        }
        if (timestamp == ListOffsetsRequest.MAX_TIMESTAMP) {
            return log.latestByTimestamp().filter(found -> found.offset() < end).orElse(NONE);
        }
        if (timestamp == ListOffsetsRequest.LATEST_TIERED_TIMESTAMP
                || timestamp == ListOffsetsRequest.EARLIEST_PENDING_UPLOAD_TIMESTAMP) {
            return NONE;
        }
        return log.findByTimestamp(Math.max(0, timestamp))
                .filter(found -> found.offset() < end)
                .orElse(NONE);
    }

    private static ListOffsetsPartitionResponse answer(ListOffsetsPartition wanted, TimedOffset found, short version) {
        boolean hasEpoch = version >= FIRST_WITH_LEADER_EPOCH && found.offset() >= 0;
        return new ListOffsetsPartitionResponse()
                .setPartitionIndex(wanted.partitionIndex())
                .setOffset(found.offset())
                .setTimestamp(found.timestampMillis())
                .setLeaderEpoch(hasEpoch ? LeaderEpochs.ONLY : LeaderEpochs.UNKNOWN);
    }
}
