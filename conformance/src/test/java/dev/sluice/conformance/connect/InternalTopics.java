package dev.sluice.conformance.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what a worker keeps of its connectors, as Kafka's consumer sees it: the newest value of each key. */
final class InternalTopics {
    private static final Duration POLL = Duration.ofMillis(200);

    /** What differs from run to run. Who ran last and how often is in each status, and so are times. */
    private static final Set<String> REPLACED =
            Set.of("worker_id", "version", "generation", "discoverTimestamp", "trace", "key", "creation-timestamp");

    private InternalTopics() {}

    /**
     * Reads topics from their beginning to their end.
     *
     * @param bootstrap the broker's address
     * @param topics their names by what they hold: config, offset, status
     * @param folder named {@code {folder}} in keys and values
     * @return values by key by topic, sorted; null for what was deleted
     */
    static ObjectNode read(String bootstrap, Map<String, String> topics, Path folder) {
        ObjectNode all = Json.object();
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            new TreeMap<>(topics).forEach((store, topic) -> {
                ObjectNode values = all.putObject(store);
                newest(consumer, topic).forEach((key, value) -> {
                    JsonNode json = value.isEmpty() ? NullNode.getInstance() : normal(Json.body(value));
                    values.set(text(key, folder), Json.body(text(json.toString(), folder)));
                });
            });
        }
        return all;
    }

    /** The newest values; an empty text for one that is null. */
    private static Map<String, String> newest(KafkaConsumer<String, String> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<String, String> newest = new TreeMap<>();
        List<TopicPartition> open = new ArrayList<>(partitions);
        while (!open.isEmpty()) {
            for (ConsumerRecord<String, String> read : consumer.poll(POLL)) {
                newest.put(read.key(), read.value() == null ? "" : read.value());
            }
            open.removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
        }
        return newest;
    }

    private static JsonNode normal(JsonNode node) {
        if (!node.isObject()) {
            return node;
        }
        ObjectNode normal = Json.object();
        node.properties().forEach(field -> {
            boolean isReplaced =
                    REPLACED.contains(field.getKey()) && !field.getValue().isNull();
            normal.set(
                    field.getKey(),
                    isReplaced ? TextNode.valueOf("<" + field.getKey() + ">") : normal(field.getValue()));
        });
        return normal;
    }

    private static String text(String text, Path folder) {
        return text.replace(folder.toString(), "{folder}");
    }

    /**
     * Compares the topics of Sluice with recorded ones.
     *
     * @param ignored keys that are another's business, as beginnings of {@code topic/key}, and fields that are not compared
     * @return differences, in words
     */
    static List<String> differences(JsonNode recorded, JsonNode ours, Set<String> ignored) {
        List<String> differences = new ArrayList<>();
        recorded.properties()
                .forEach(topic -> topic.getValue().properties().forEach(record -> {
                    String path = topic.getKey() + "/" + record.getKey();
                    if (ignored.stream().noneMatch(path::startsWith)) {
                        JsonNode found = ours.path(topic.getKey()).path(record.getKey());
                        compare(path, record.getValue(), found, ignored, differences);
                    }
                }));
        return differences;
    }

    private static void compare(
            String path, JsonNode recorded, JsonNode ours, Set<String> ignored, List<String> differences) {
        if (recorded.isObject() && ours.isObject()) {
            recorded.properties().forEach(field -> {
                if (!ignored.contains(field.getKey())) {
                    compare(
                            path + "/" + field.getKey(),
                            field.getValue(),
                            ours.path(field.getKey()),
                            ignored,
                            differences);
                }
            });
            return;
        }
        boolean isGone = recorded.isNull() && ours instanceof MissingNode;
        if (!isGone && !recorded.equals(ours)) {
            differences.add(path + ": expected " + recorded + ", was " + ours);
        }
    }
}
