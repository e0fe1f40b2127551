package dev.sluice.benchmark;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads captured changes as a client of another process does, and tells how long after their commit it had them: a record's
 * timestamp is that of its commit, by the clock of the same machine. {@code benchmarks/jdbc-cdc.sh} runs it from this very
 * file, on the jars of the installation.
 *
 * <p>Arguments: the broker as {@code HOST:PORT}, the topic, how many changes will come, and how many seconds are warm-up. The
 * first change made the topic and is not counted. Prints one line for each part, with tabs: what, changes, changes a second by
 * their commits, and p50, p99 and the longest delay in ms.
 */
public final class ChangeDelays {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final long[] commits;
    private final long[] delays;
    private int count;

    private ChangeDelays(int countMax) {
        commits = new long[countMax];
        delays = new long[countMax];
    }

    /** Measures. */
    public static void main(String[] arguments) {
        ChangeDelays measured = new ChangeDelays(Integer.parseInt(arguments[2]));
        measured.read(arguments[0], arguments[1]);
        long warm = measured.commits[1]
                + Duration.ofSeconds(Long.parseLong(arguments[3])).toMillis();
        measured.show("all", Long.MIN_VALUE, Long.MAX_VALUE);
        measured.show("cold", Long.MIN_VALUE, warm);
        measured.show("warm", warm, Long.MAX_VALUE);
    }

    private void read(String broker, String topic) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker,
                "allow.auto.create.topics",
                "false",
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "key.deserializer",
                ByteArrayDeserializer.class,
                "value.deserializer",
                ByteArrayDeserializer.class);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
            Collection<TopicPartition> partition = List.of(new TopicPartition(topic, 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            System.out.println("ready");
            long quietNanos = System.nanoTime();
            while (count < delays.length) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(1));
                if (take(records)) {
                    quietNanos = System.nanoTime();
                } else if (System.nanoTime() - quietNanos > PATIENCE.toNanos()) {
                    throw new IllegalStateException(count + " of " + delays.length + " changes came.");
                }
            }
        }
    }

    private boolean take(ConsumerRecords<byte[], byte[]> records) {
        long now = System.currentTimeMillis();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            commits[count] = record.timestamp();
            delays[count] = now - record.timestamp();
            count++;
        }
        return !records.isEmpty();
    }

    private void show(String what, long from, long to) {
        long[] chosen = new long[count];
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        int size = 0;
        for (int i = 1; i < count; i++) {
            if (commits[i] >= from && commits[i] < to) {
                chosen[size++] = delays[i];
                first = Math.min(first, commits[i]);
                last = Math.max(last, commits[i]);
            }
        }
        if (size == 0) {
            return;
        }
        Arrays.sort(chosen, 0, size);
        System.out.printf(
                "%s\t%d\t%.0f\t%d\t%d\t%d%n",
                what,
                size,
                size * 1e3 / Math.max(1, last - first),
                chosen[size / 2],
                chosen[(int) (size * 0.99)],
                chosen[size - 1]);
    }
}
