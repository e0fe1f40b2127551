package dev.sluice.runtime.task;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.config.TopicCreation;
import dev.sluice.runtime.transport.PartitionBatch;
import dev.sluice.runtime.transport.RawRecord;
import dev.sluice.runtime.transport.Transport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Groups a source's records by partition, creating topics on their first record. Records with a key go where Kafka's own
 * producers send them; those without one stay together, a batch on each partition in turn. Task thread.
 */
final class Router {
    private final Transport transport;
    private final boolean createsTopics;
    private final TopicCreation creation;
    private final Consumer<String> onTopic;
    private final Map<String, Integer> partitionCounts = new HashMap<>();
    private int batchCount;

    /**
     * Makes a router.
     *
     * @param onTopic hears of each topic of each batch
     */
    Router(Transport transport, boolean createsTopics, TopicCreation creation, Consumer<String> onTopic) {
        this.transport = transport;
        this.createsTopics = createsTopics;
        this.creation = creation;
        this.onTopic = onTopic;
    }

    /** Returns the records as one batch per partition, each in the order given, and where each record went. */
    Routed route(List<OutgoingRecord> records) {
        partitionCounts.clear(); // Asked once a batch: topics grow, are deleted and made anew.
        Map<TopicPartition, List<RawRecord>> byPartition = new LinkedHashMap<>();
        List<TopicPartition> places = new ArrayList<>(records.size());
        TopicPartition last = null;
        List<RawRecord> lastList = List.of();
        for (OutgoingRecord record : records) {
            int partition = partition(record);
            if (last == null || last.partition() != partition || !last.topic().equals(record.topic())) {
                last = new TopicPartition(record.topic(), partition);
                lastList = byPartition.computeIfAbsent(last, place -> new ArrayList<>());
            }
            lastList.add(record.bytes());
            places.add(last);
        }
        partitionCounts.keySet().forEach(onTopic);
        batchCount = batchCount + 1 & Integer.MAX_VALUE;
        List<PartitionBatch> batches = byPartition.entrySet().stream()
                .map(entry -> new PartitionBatch(entry.getKey(), entry.getValue()))
                .toList();
        return new Routed(batches, places);
    }

    /**
     * A batch of a source, by partition.
     *
     * @param batches one per partition
     * @param places the partition of each record, in the order of the records
     */
    record Routed(List<PartitionBatch> batches, List<TopicPartition> places) {}

    private int partition(OutgoingRecord record) {
        int count = partitionCounts.computeIfAbsent(record.topic(), this::ensureTopic);
        Integer wanted = record.partition();
        if (wanted != null) {
            if (wanted < 0 || wanted >= count) {
                throw new ConnectorException("Cannot append to partition " + wanted + " of topic " + record.topic()
                        + ": it has " + count + ". Correct the source's partition, or give the topic more.");
            }
            return wanted;
        }
        byte[] key = record.bytes().key();
        return key == null ? batchCount % count : transport.partitionFor(key, count);
    }

    private int ensureTopic(String topic) {
        int count = transport.partitionCount(topic);
        if (count == 0 && !createsTopics) {
            throw new ConnectorException("Cannot append to topic " + topic
                    + ": it does not exist, and topic.creation.enable is false. Create the topic, or allow it.");
        }
        if (count == 0) {
            transport.createTopic(topic, creation.settings(topic));
        }
        return transport.partitionCount(topic);
    }
}
