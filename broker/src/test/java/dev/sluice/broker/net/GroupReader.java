package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A member of a group on a thread of its own, which reads and commits whatever happens to the broker, and keeps books. */
final class GroupReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupReader.class);

    private final KafkaConsumer<String, String> consumer;
    private final Thread thread = new Thread(this::run, "group-reader");
    /** By partition: offsets seen so far; the broker gives each offset to one record. */
    private final Map<TopicPartition, List<Long>> seen = new ConcurrentHashMap<>();

    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private final List<String> problems = Collections.synchronizedList(new ArrayList<>());
    private int distinctCount;
    private volatile boolean isEnding;

    private GroupReader(String address, String group, String topic) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", address,
                "group.id", group,
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false",
                "reconnect.backoff.max.ms", "200",
                "max.poll.records", "200");
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
        consumer.subscribe(List.of(topic), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                partitions.forEach(GroupReader.this::checkPosition);
            }
        });
    }

    static GroupReader start(String address, String group, String topic) {
        GroupReader reader = new GroupReader(address, group, topic);
        reader.thread.start();
        return reader;
    }

    /** What was acknowledged as committed must be where the group goes on, or behind it. */
    private void checkPosition(TopicPartition partition) {
        long position = consumer.position(partition);
        if (position < committed.getOrDefault(partition, 0L)) {
            problems.add(
                    partition + " goes on at " + position + ", but " + committed.get(partition) + " was committed");
        }
    }

    private void run() {
        while (!isEnding) {
            try {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                    book(record);
                }
                Map<TopicPartition, Long> positions = new HashMap<>();
                consumer.assignment().forEach(partition -> positions.put(partition, consumer.position(partition)));
                consumer.commitSync(Duration.ofSeconds(2));
                committed.putAll(positions);
            } catch (KafkaException e) {
                LOG.debug("not acknowledged, because the broker was killed", e);
            }
        }
        consumer.close();
    }

    /** Offsets of a partition are dense, and a repetition begins at most at what was committed. */
    private synchronized void book(ConsumerRecord<String, String> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        List<Long> offsets = seen.computeIfAbsent(partition, key -> new ArrayList<>());
        if (record.offset() > offsets.size()) {
            problems.add(partition + " skipped from " + offsets.size() + " to " + record.offset());
        } else if (record.offset() < committed.getOrDefault(partition, 0L)) {
            problems.add(partition + " repeated " + record.offset() + ", which was committed");
        } else if (record.offset() == offsets.size()) {
            offsets.add(record.offset());
            distinctCount++;
            notifyAll();
        }
    }

    void awaitSeen(int count) throws InterruptedException {
        long limit = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        synchronized (this) {
            while (distinctCount < count && System.nanoTime() < limit) {
                wait(1000);
            }
            assertThat(distinctCount)
                    .as("records that were read; problems: %s", problems)
                    .isEqualTo(count);
        }
    }

    void assertThatNothingWasSkipped() throws InterruptedException {
        isEnding = true;
        thread.join(TimeUnit.MINUTES.toMillis(2));
        assertThat(thread.isAlive()).isFalse();
        assertThat(problems).isEmpty();
    }

    @Override
    public void close() {
        isEnding = true;
        try {
            thread.join(TimeUnit.MINUTES.toMillis(2));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
