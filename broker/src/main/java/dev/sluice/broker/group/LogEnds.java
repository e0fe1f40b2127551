package dev.sluice.broker.group;

import dev.sluice.broker.log.PartitionLogs;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.server.util.PartitionMetadataClient;

/** Tells the coordinator where partitions end. */
final class LogEnds implements PartitionMetadataClient {
    private final PartitionLogs logs;

    LogEnds(PartitionLogs logs) {
        this.logs = logs;
    }

    @Override
    public Map<TopicPartition, CompletableFuture<OffsetResponse>> listLatestOffsets(Set<TopicPartition> partitions) {
        Map<TopicPartition, CompletableFuture<OffsetResponse>> ends = new HashMap<>();
        partitions.forEach(partition -> ends.put(partition, CompletableFuture.completedFuture(end(partition))));
        return ends;
    }

    private OffsetResponse end(TopicPartition partition) {
        return logs.find(partition)
                .map(log -> new OffsetResponse(log.endOffset(), Errors.NONE))
                .orElseGet(() -> new OffsetResponse(-1, Errors.UNKNOWN_TOPIC_OR_PARTITION));
    }

    @Override
    public void close() {
        // The logs belong to the broker.
    }
}
