package dev.sluice.runtime.control;

import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.config.ConnectorConfig;
import dev.sluice.runtime.control.RequestRefused.Reason;
import dev.sluice.runtime.task.SinkAssignment;
import dev.sluice.runtime.transport.Isolation;
import dev.sluice.runtime.transport.Transport;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The offsets of a sink's group in the words of REST: {@code kafka_topic}, {@code kafka_partition}, {@code kafka_offset}. */
final class SinkOffsets {
    private static final String TOPIC = "kafka_topic";
    private static final String PARTITION = "kafka_partition";
    private static final String OFFSET = "kafka_offset";

    private SinkOffsets() {}

    static OffsetEntry entry(TopicPartition partition, long offset) {
        Map<String, @Nullable Object> place = new LinkedHashMap<>();
        place.put(TOPIC, partition.topic());
        place.put(PARTITION, partition.partition());
        return new OffsetEntry(place, new LinkedHashMap<>(Map.of(OFFSET, offset)));
    }

    /** Reads what a client wants; numbers may be texts, as Kafka Connect takes them. */
    static Map<TopicPartition, @Nullable Long> parse(List<OffsetEntry> wanted, Transport transport) {
        Map<TopicPartition, @Nullable Long> offsets = new LinkedHashMap<>();
        for (OffsetEntry entry : wanted) {
            requireOnly(entry.partition(), Set.of(TOPIC, PARTITION), "partition");
            Object topic = entry.partition().get(TOPIC);
            if (!(topic instanceof String name) || name.isEmpty()) {
                throw refused("the partition of a sink connector needs " + TOPIC + ", the name of a topic");
            }
            long number = number(entry.partition().get(PARTITION), PARTITION);
            if (number >= transport.partitionCount(name)) {
                throw refused("partition " + number + " of topic " + name + " does not exist");
            }
            offsets.put(new TopicPartition(name, (int) number), offset(entry.offset()));
        }
        return offsets;
    }

    private static @Nullable Long offset(@Nullable Map<String, @Nullable Object> offset) {
        if (offset == null) {
            return null;
        }
        requireOnly(offset, Set.of(OFFSET), "offset");
        return number(offset.get(OFFSET), OFFSET);
    }

    private static void requireOnly(Map<String, @Nullable Object> map, Set<String> known, String what) {
        for (String key : map.keySet()) {
            if (!known.contains(key)) {
                throw refused("the " + what + " of a sink connector has no field " + key + ", only " + known);
            }
        }
    }

    private static long number(@Nullable Object value, String field) {
        try {
            long number = value instanceof Number || value instanceof String ? Long.parseLong(value.toString()) : -1;
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw refused(field + " is " + value + ", expected a whole number from 0");
        }
        throw refused(field + " is " + value + ", expected a whole number from 0");
    }

    private static RequestRefused refused(String why) {
        return new RequestRefused(
                Reason.INVALID,
                "Cannot change offsets: " + why,
                "Write {\"partition\": {\"kafka_topic\": …, \"kafka_partition\": …}, \"offset\": {\"kafka_offset\": …}}.");
    }

    /** Returns where a reset takes each partition of the sink; null forgets. */
    static Map<TopicPartition, @Nullable Long> targets(Transport transport, ConnectorConfig settings, OffsetReset to) {
        Map<TopicPartition, @Nullable Long> targets = new HashMap<>();
        transport.committedOffsets(settings.sinkGroup()).keySet().forEach(partition -> targets.put(partition, null));
        if (!(to instanceof OffsetReset.Forget)) {
            SinkAssignment.all(transport, settings).forEach(partition -> targets.put(partition, null));
            targets.replaceAll((partition, none) -> place(transport, partition, to));
        }
        return targets;
    }

    private static @Nullable Long place(Transport transport, TopicPartition partition, OffsetReset to) {
        OptionalLong place = to instanceof OffsetReset.Earliest
                ? transport.startOffset(partition)
                : to instanceof OffsetReset.At at
                        ? transport.offsetForTimestamp(partition, at.millis())
                        : transport.endOffset(partition, Isolation.READ_UNCOMMITTED);
        return place.isPresent() ? place.getAsLong() : null; // Its topic is gone, and what was committed with it.
    }
}
