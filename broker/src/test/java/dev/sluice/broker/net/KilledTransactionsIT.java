package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the process of a broker again and again, at random moments, while Kafka's clients write to one topic and copy it to
 * another in transactions: what was acknowledged is there once, copies are there once, and offsets match.
 */
class KilledTransactionsIT {
    private static final int ROUNDS = Boolean.getBoolean("sluice.soak") ? 50 : 3;
    private static final int RECORDS_PER_ROUND = 300;
    private static final int KILL_MILLIS_MAX = 1_500;
    private static final TopicPartition IN = new TopicPartition("in", 0);

    @TempDir
    Path folder;

    private final ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicReference<Process> broker = new AtomicReference<>();
    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private int port;
    private int abortedCount;
    private int brokenCount;

    @BeforeEach
    void start() throws IOException {
        System.out.println("KilledTransactionsIT: repeat with -Dsluice.seed=" + seed);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        broker.set(run());
    }

    @AfterEach
    void stop() throws InterruptedException {
        killer.shutdownNow();
        assertThat(killer.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        Process process = Objects.requireNonNull(broker.get());
        process.toHandle().destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private Process run() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RunningBroker.class.getName(),
                        folder.toString(),
                        "listeners=PLAINTEXT://127.0.0.1:" + port,
                        "log.segment.bytes=1048576")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Kills the process and starts the next one at once. */
    private @Nullable Void killAndRun() throws Exception {
        Process process = Objects.requireNonNull(broker.get());
        process.toHandle().destroyForcibly();
        int exit = process.waitFor();
        broker.set(run());
        assertThat(exit).as("exit code of a killed process").isEqualTo(137);
        return null;
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", "127.0.0.1:" + port);
        settings.put("reconnect.backoff.ms", 20);
        settings.put("reconnect.backoff.max.ms", 200);
        settings.put("request.timeout.ms", 5_000);
        return settings;
    }

    private KafkaProducer<String, String> producer(Map<String, Object> more) {
        Map<String, Object> settings = settings();
        settings.put("acks", "all");
        settings.put("delivery.timeout.ms", 120_000);
        settings.put("max.block.ms", 120_000);
        settings.putAll(more);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private KafkaConsumer<String, String> consumer() {
        Map<String, Object> settings = settings();
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        settings.put("default.api.timeout.ms", 60_000);
        settings.put("group.id", "copier");
        settings.put("fetch.max.wait.ms", 20); // each seek would wait for the fetch ahead of it
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    @Test
    @Timeout(3_600)
    void losesAndDoublesNothing() throws Exception {
        try (Copier copier = new Copier();
                KafkaProducer<String, String> writer = producer(Map.of("linger.ms", 1))) {
            for (int round = 0; round < ROUNDS; round++) {
                var killed = killer.schedule(this::killAndRun, random.nextInt(KILL_MILLIS_MAX), TimeUnit.MILLISECONDS);
                write(writer, round * RECORDS_PER_ROUND);
                copier.copyUpTo((round + 1L) * RECORDS_PER_ROUND);
                killed.get();
            }
            copier.assertOffset((long) ROUNDS * RECORDS_PER_ROUND);
        }
        check();
    }

    private static void write(KafkaProducer<String, String> writer, int from) throws Exception {
        List<java.util.concurrent.Future<?>> sent = new ArrayList<>();
        for (int number = from; number < from + RECORDS_PER_ROUND; number++) {
            sent.add(writer.send(new ProducerRecord<>("in", 0, null, Integer.toString(number))));
        }
        for (var each : sent) {
            each.get(120, TimeUnit.SECONDS);
        }
    }

    private void check() {
        int total = ROUNDS * RECORDS_PER_ROUND;
        List<String> numbers = new ArrayList<>();
        for (int number = 0; number < total; number++) {
            numbers.add(Integer.toString(number));
        }
        System.out.println("KilledTransactionsIT: " + ROUNDS + " kills, " + total + " records, " + abortedCount
                + " transactions aborted on purpose, " + brokenCount + " broken by a kill");
        assertThat(values("in")).as("written, with seed %d", seed).containsExactlyElementsOf(numbers);
        assertThat(values("out")).as("copied, with seed %d", seed).containsExactlyElementsOf(numbers);
    }

    private List<String> values(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer()) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = Objects.requireNonNull(
                    consumer.endOffsets(List.of(partition)).get(partition));
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    /** Copies as Kafka's documentation tells: any failure makes a new producer and goes back to the committed offset. */
    private final class Copier implements AutoCloseable {
        private final KafkaConsumer<String, String> consumer = consumer();
        private @Nullable KafkaProducer<String, String> producer;
        private long position;

        Copier() {
            consumer.assign(List.of(IN));
        }

        void copyUpTo(long end) {
            while (position < end) {
                try {
                    KafkaProducer<String, String> open = opened();
                    copySome(open);
                } catch (KafkaException e) {
                    brokenCount++;
                    giveUp();
                }
            }
        }

        private KafkaProducer<String, String> opened() {
            KafkaProducer<String, String> open = producer;
            if (open == null) {
                open = producer(Map.of("transactional.id", "copier", "transaction.timeout.ms", 60_000));
                producer = open;
                open.initTransactions();
                position = committed();
                consumer.seek(IN, position);
            }
            return open;
        }

        private long committed() {
            OffsetAndMetadata committed = consumer.committed(Set.of(IN)).get(IN);
            return committed == null ? 0 : committed.offset();
        }

        private void copySome(KafkaProducer<String, String> open) {
            List<ConsumerRecord<String, String>> records =
                    consumer.poll(Duration.ofMillis(500)).records(IN);
            if (records.isEmpty()) {
                return;
            }
            List<ConsumerRecord<String, String>> some = records.subList(0, Math.min(7, records.size()));
            open.beginTransaction();
            for (ConsumerRecord<String, String> record : some) {
                var unused = open.send(new ProducerRecord<>("out", 0, null, record.value()));
            }
            long next = some.get(some.size() - 1).offset() + 1;
            open.sendOffsetsToTransaction(Map.of(IN, new OffsetAndMetadata(next)), consumer.groupMetadata());
            if (random.nextInt(5) == 0) {
                open.abortTransaction();
                abortedCount++;
            } else {
                commit(open);
                position = next;
            }
            consumer.seek(IN, position);
        }

        private static void commit(KafkaProducer<String, String> open) {
            try {
                open.commitTransaction();
            } catch (TimeoutException e) {
                open.commitTransaction(); // asking again is safe
            }
        }

        private void giveUp() {
            KafkaProducer<String, String> open = producer;
            if (open != null) {
                open.close(Duration.ZERO);
            }
            producer = null;
        }

        void assertOffset(long expected) {
            assertThat(committed()).as("committed, with seed %d", seed).isEqualTo(expected);
        }

        @Override
        public void close() {
            giveUp();
            consumer.close();
        }
    }
}
