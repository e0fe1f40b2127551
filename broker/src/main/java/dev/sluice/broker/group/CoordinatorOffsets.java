package dev.sluice.broker.group;

import dev.sluice.broker.BrokerException;
import dev.sluice.broker.log.PartitionLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestPartition;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteResponseData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.message.TxnOffsetCommitResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.utils.BufferSupplier;

/** Commits and deletes the offsets of this process through the coordinator, by the same requests that clients send. */
final class CoordinatorOffsets {
    private final LazyEngine groups;
    private final PartitionLogs logs;

    CoordinatorOffsets(LazyEngine groups, PartitionLogs logs) {
        this.groups = groups;
        this.logs = logs;
    }

    CompletableFuture<Void> commit(String group, Map<TopicPartition, Long> offsets) {
        OffsetCommitRequestData request = new OffsetCommitRequestData()
                .setGroupId(group)
                .setRetentionTimeMs(OffsetRecords.RETENTION_MILLIS)
                .setTopics(topics(offsets));
        return groups.ask(coordinator ->
                        coordinator.commitOffsets(caller(ApiKeys.OFFSET_COMMIT), request, BufferSupplier.NO_CACHING))
                .thenAccept(response -> check(group, response));
    }

    private static List<OffsetCommitRequestTopic> topics(Map<TopicPartition, Long> offsets) {
        Map<String, OffsetCommitRequestTopic> topics = new TreeMap<>();
        offsets.forEach((partition, offset) -> topics.computeIfAbsent(
                        partition.topic(), name -> new OffsetCommitRequestTopic().setName(name))
                .partitions()
                .add(new OffsetCommitRequestPartition()
                        .setPartitionIndex(partition.partition())
                        .setCommittedOffset(offset)
                        .setCommittedMetadata("")));
        return new ArrayList<>(topics.values());
    }

    /** The request for offsets in a transaction; the producer is left to fill in. */
    static TxnOffsetCommitRequestData inTransaction(String group, Map<TopicPartition, Long> offsets) {
        Map<String, TxnOffsetCommitRequestTopic> topics = new TreeMap<>();
        offsets.forEach((partition, offset) -> topics.computeIfAbsent(
                        partition.topic(), name -> new TxnOffsetCommitRequestTopic().setName(name))
                .partitions()
                .add(new TxnOffsetCommitRequestPartition()
                        .setPartitionIndex(partition.partition())
                        .setCommittedOffset(offset)
                        .setCommittedMetadata("")));
        return new TxnOffsetCommitRequestData().setGroupId(group).setTopics(new ArrayList<>(topics.values()));
    }

    static void check(TxnOffsetCommitResponseData response) {
        response.topics().stream()
                .flatMap(topic -> topic.partitions().stream())
                .map(partition -> Errors.forCode(partition.errorCode()))
                .filter(error -> error != Errors.NONE)
                .findFirst()
                .ifPresent(error -> {
                    throw error.exception();
                });
    }

    static InProcessCaller caller(ApiKeys api) {
        return new InProcessCaller(api.id, api.latestVersion());
    }

    private void check(String group, OffsetCommitResponseData response) {
        response.topics().stream()
                .flatMap(topic -> topic.partitions().stream())
                .map(partition -> Errors.forCode(partition.errorCode()))
                .filter(error -> error != Errors.NONE)
                .findFirst()
                .ifPresent(error -> {
                    throw refused("commit offsets of", group, error);
                });
    }

    CompletableFuture<Void> delete(String group) {
        return groups.ask(coordinator -> coordinator.deleteGroups(
                        caller(ApiKeys.DELETE_GROUPS), List.of(group), BufferSupplier.NO_CACHING))
                .thenAccept(results -> results.forEach(result -> {
                    Errors error = Errors.forCode(result.errorCode());
                    if (error != Errors.NONE && error != Errors.GROUP_ID_NOT_FOUND) {
                        throw refused("delete", group, error);
                    }
                }));
    }

    CompletableFuture<Void> forget(String group, Set<TopicPartition> partitions) {
        OffsetDeleteRequestData request = new OffsetDeleteRequestData().setGroupId(group);
        Map<String, OffsetDeleteRequestTopic> topics = new TreeMap<>();
        partitions.forEach(partition -> topics.computeIfAbsent(
                        partition.topic(), name -> new OffsetDeleteRequestTopic().setName(name))
                .partitions()
                .add(new OffsetDeleteRequestPartition().setPartitionIndex(partition.partition())));
        topics.values().forEach(request.topics()::add);
        return groups.ask(coordinator ->
                        coordinator.deleteOffsets(caller(ApiKeys.OFFSET_DELETE), request, BufferSupplier.NO_CACHING))
                .thenAccept(response -> check(group, response));
    }

    private void check(String group, OffsetDeleteResponseData response) {
        List<Short> codes = new ArrayList<>(List.of(response.errorCode()));
        response.topics().forEach(topic -> topic.partitions().forEach(partition -> codes.add(partition.errorCode())));
        codes.stream()
                .map(Errors::forCode)
                .filter(error -> error != Errors.NONE && error != Errors.GROUP_ID_NOT_FOUND)
                .findFirst()
                .ifPresent(error -> {
                    throw refused("forget offsets of", group, error);
                });
    }

    private BrokerException refused(String action, String group, Errors error) {
        return logs.failure().orElseGet(() -> refusal(action, group, error));
    }

    private static BrokerException refusal(String action, String group, Errors error) {
        String advice = isBusy(error)
                ? "Consumers from outside are members of this group: stop them or give them another group."
                : "Try again.";
        return new BrokerException.GroupRefused(
                "Cannot " + action + " group '" + group + "': " + error + ", " + error.message() + " " + advice);
    }

    private static boolean isBusy(Errors error) {
        return error == Errors.UNKNOWN_MEMBER_ID || error == Errors.NON_EMPTY_GROUP;
    }
}
