package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Invariants 3, 5 and 9 over the network: kills a broker, at moments drawn by chance, while idempotent producers write and a
 * group reads and commits. Nothing is lost, doubled or out of order, and the group goes on where it was.
 */
class KilledBrokerIT {
    private static final int ROUNDS = Boolean.getBoolean("sluice.soak") ? 50 : 2;
    private static final int PARTITIONS = 3;
    private static final int PRODUCERS = 2;
    private static final int RECORDS_MAX = 3000;

    @TempDir
    Path folder;

    private final int[] sentCounts = new int[PRODUCERS];
    private final AtomicInteger acknowledgedCount = new AtomicInteger();
    private final AtomicInteger failedCount = new AtomicInteger();

    @Test
    @Timeout(3_600)
    void losesAndDoublesNothing() throws Exception {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        System.out.println("KilledBrokerIT: repeat with -Dsluice.seed=" + seed);
        Random random = new Random(seed);
        try (BrokerProcess broker = BrokerProcess.start(folder, Map.of("log.segment.bytes", "1048576"))) {
            createTopic(broker.address());
            List<KafkaProducer<String, String>> producers = producers(broker.address());
            try (GroupReader reader = GroupReader.start(broker.address(), "g", "t")) {
                for (int round = 0; round < ROUNDS; round++) {
                    int killAt = acknowledgedCount.get() + 1 + random.nextInt(RECORDS_MAX);
                    sendUntil(killAt, producers, random);
                    broker.kill();
                    broker.restart();
                    sendMore(random.nextInt(200), producers, random); // they wait for the next process
                }
                producers.forEach(KafkaProducer::close);
                assertThat(failedCount).as("seed %s", seed).hasValue(0);
                check(broker.address(), seed);
                reader.awaitSeen(totalSent());
                reader.assertThatNothingWasSkipped();
            }
        }
    }

    private static void createTopic(String address) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(new NewTopic("t", PARTITIONS, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static List<KafkaProducer<String, String>> producers(String address) {
        List<KafkaProducer<String, String>> producers = new ArrayList<>();
        for (int number = 0; number < PRODUCERS; number++) {
            Map<String, Object> settings = Map.of(
                    "bootstrap.servers", address,
                    "acks", "all",
                    "enable.idempotence", "true",
                    "linger.ms", "1",
                    "batch.size", "2000",
                    "delivery.timeout.ms", "600000",
                    "request.timeout.ms", "10000",
                    "max.block.ms", "120000",
                    "reconnect.backoff.max.ms", "200",
                    "compression.type", number == 0 ? "none" : "lz4");
            KafkaProducer<String, String> producer =
                    new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
            assertThat(producer.partitionsFor("t")).hasSize(PARTITIONS); // known before the first kill
            producers.add(producer);
        }
        return producers;
    }

    private void sendUntil(int acknowledged, List<KafkaProducer<String, String>> producers, Random random) {
        while (acknowledgedCount.get() < acknowledged) {
            sendMore(10, producers, random);
            if (totalSent() - acknowledgedCount.get() > RECORDS_MAX) {
                producers.forEach(KafkaProducer::flush);
            }
        }
    }

    /** The value says who sent it and which of the sender's it is; each sender counts within each partition by itself. */
    private void sendMore(int count, List<KafkaProducer<String, String>> producers, Random random) {
        for (int index = 0; index < count; index++) {
            int sender = random.nextInt(producers.size());
            int number = sentCounts[sender]++;
            String value = sender + " " + number + " " + "x".repeat(random.nextInt(300));
            var unused = producers
                    .get(sender)
                    .send(new ProducerRecord<>("t", number % PARTITIONS, null, value), (metadata, failure) -> {
                        acknowledgedCount.incrementAndGet();
                        if (failure != null) {
                            failedCount.incrementAndGet();
                        }
                    });
        }
    }

    private int totalSent() {
        int total = 0;
        for (int sent : sentCounts) {
            total += sent;
        }
        return total;
    }

    /** Everything was acknowledged in the end, so all of it must be there, once, in the order of its sender. */
    private void check(String address, long seed) {
        Map<String, Object> settings = Map.of("bootstrap.servers", address, "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                partitions.add(new TopicPartition("t", partition));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<String, Integer> next = new HashMap<>();
            for (int found = 0; found < totalSent(); ) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(5))) {
                    String[] words = record.value().split(" ", 3);
                    String stream = words[0] + " in " + record.partition();
                    int number = Integer.parseInt(words[1]);
                    assertThat(number)
                            .as("record of sender %s, offset %s, seed %s", stream, record.offset(), seed)
                            .isEqualTo(next.getOrDefault(stream, record.partition()));
                    next.put(stream, number + PARTITIONS);
                    found++;
                }
            }
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            assertThat(ends.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(totalSent());
        }
    }
}
