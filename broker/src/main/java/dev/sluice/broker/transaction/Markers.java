package dev.sluice.broker.transaction;

import dev.sluice.broker.BrokerException;
import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.log.PartitionLog;
import dev.sluice.broker.log.PartitionLogs;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.TransactionCoordinatorFencedException;
import org.apache.kafka.common.internals.Topic;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the markers that end transactions, by way of the groups' coordinator where the partition is one of its own. */
final class Markers {
    private static final Logger LOG = LoggerFactory.getLogger(Markers.class);

    private final PartitionLogs logs;
    private final GroupService groups;

    Markers(PartitionLogs logs, GroupService groups) {
        this.logs = logs;
        this.groups = groups;
    }

    /** Writes to one partition; fails where that is not there. */
    CompletableFuture<Void> write(Marker marker, TopicPartition partition) {
        Optional<PartitionLog> log = logs.find(partition);
        if (log.isEmpty()) {
            return CompletableFuture.failedFuture(new BrokerException.UnknownPartition(
                    "Cannot end a transaction in " + partition + ": there is no such partition."));
        }
        if (partition.topic().equals(Topic.GROUP_METADATA_TOPIC_NAME)) {
            return groups.completeTransaction(
                    partition.partition(),
                    marker.producerId(),
                    marker.producerEpoch(),
                    marker.coordinatorEpoch(),
                    marker.result());
        }
        return log.get().appendOwn(marker.batch()).thenApply(appended -> null);
    }

    /** Writes to all; partitions that were deleted meanwhile, or have a newer epoch of the producer, are passed over. */
    CompletableFuture<Void> writeAll(Marker marker, Collection<TopicPartition> partitions) {
        return CompletableFuture.allOf(partitions.stream()
                .map(partition -> write(marker, partition).exceptionally(failure -> passOver(partition, failure)))
                .toArray(CompletableFuture[]::new));
    }

    private static @Nullable Void passOver(TopicPartition partition, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        boolean isGone = cause instanceof BrokerException.UnknownPartition;
        if (isGone || isSuperseded(cause) || (cause.getCause() != null && isSuperseded(cause.getCause()))) {
            LOG.atInfo()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("partition", partition.partition())
                    .addKeyValue("error", cause.getMessage())
                    .log("a transaction needs no end in this partition any more");
            return null;
        }
        throw new CompletionException(cause);
    }

    private static boolean isSuperseded(Throwable cause) {
        return cause instanceof InvalidProducerEpochException || cause instanceof TransactionCoordinatorFencedException;
    }

    /** Leaves out the partitions in which the producer has nothing open: after a crash these may have their markers. */
    Set<TopicPartition> stillOpen(Collection<TopicPartition> partitions, long producerId) {
        Set<TopicPartition> open = new HashSet<>(partitions);
        open.removeIf(partition -> logs.find(partition).stream()
                .flatMap(log -> log.producers().stream())
                .noneMatch(producer -> producer.id() == producerId && producer.hasOpenTransaction()));
        return open;
    }
}
