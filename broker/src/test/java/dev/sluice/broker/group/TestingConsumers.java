package dev.sluice.broker.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Kafka's own consumers, driven by one thread; all waits are polls with a limit. */
final class TestingConsumers {
    private static final Duration STEP = Duration.ofMillis(50);
    private static final long LIMIT_NANOS = Duration.ofSeconds(60).toNanos();

    private TestingConsumers() {}

    /** A consumer that notices everything soon. */
    static KafkaConsumer<String, String> open(
            String address, GroupProtocolName protocol, String group, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", address);
        settings.put("group.id", group);
        settings.put("group.protocol", protocol.name());
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", "false");
        if (protocol == GroupProtocolName.classic) {
            settings.put("session.timeout.ms", "2000");
            settings.put("heartbeat.interval.ms", "200");
        }
        settings.putAll(more);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    /** The names of the two protocols, as the consumer's setting has them. */
    enum GroupProtocolName {
        classic,
        consumer
    }

    /** Polls until this many records are there, and returns their values in the order of their coming. */
    static List<String> read(KafkaConsumer<String, String> consumer, int count) {
        List<String> values = new ArrayList<>();
        pollUntil(() -> values.size() >= count, consumer, values);
        return values;
    }

    /** Polls all of these until something holds. */
    @SafeVarargs
    static void pollUntil(BooleanSupplier condition, KafkaConsumer<String, String>... consumers) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            for (KafkaConsumer<String, String> consumer : consumers) {
                var unused = consumer.poll(STEP);
            }
            check(start);
        }
    }

    private static void pollUntil(
            BooleanSupplier condition, KafkaConsumer<String, String> consumer, List<String> values) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            for (ConsumerRecord<String, String> record : consumer.poll(STEP)) {
                values.add(record.value());
            }
            check(start);
        }
    }

    private static void check(long startNanos) {
        if (System.nanoTime() - startNanos > LIMIT_NANOS) {
            throw new AssertionError("it should have come within a minute");
        }
    }

    /** The numbers of the partitions that a consumer has. */
    static Set<Integer> partitions(KafkaConsumer<String, String> consumer) {
        Set<Integer> numbers = new TreeSet<>();
        for (TopicPartition partition : consumer.assignment()) {
            numbers.add(partition.partition());
        }
        return numbers;
    }
}
