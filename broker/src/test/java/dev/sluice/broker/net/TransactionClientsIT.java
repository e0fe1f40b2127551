package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.topic.NewTopic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's own producer, consumer and admin client with transactions. */
@Timeout(120)
class TransactionClientsIT {
    private static final TopicPartition IN = new TopicPartition("in", 0);
    private static final TopicPartition OUT0 = new TopicPartition("out", 0);
    private static final TopicPartition OUT1 = new TopicPartition("out", 1);

    @TempDir
    Path folder;

    private RunningBroker running;

    @BeforeEach
    void open() {
        running = RunningBroker.with(
                folder, Map.of("transaction.abort.timed.out.transaction.cleanup.interval.ms", "100"));
        running.broker().topics().create(NewTopic.named("in").withPartitions(1)).join();
        running.broker()
                .topics()
                .create(NewTopic.named("out").withPartitions(2))
                .join();
    }

    @AfterEach
    void close() {
        running.close();
    }

    private KafkaProducer<String, String> producer(String transactionalId, int timeoutMillis) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        running.address(),
                        "transactional.id",
                        transactionalId,
                        "transaction.timeout.ms",
                        timeoutMillis,
                        "max.block.ms",
                        30_000),
                new StringSerializer(),
                new StringSerializer());
    }

    private KafkaProducer<String, String> begun(String transactionalId) {
        KafkaProducer<String, String> producer = producer(transactionalId, 60_000);
        producer.initTransactions();
        producer.beginTransaction();
        return producer;
    }

    private KafkaConsumer<String, String> consumer(String isolation) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", running.address());
        settings.put("isolation.level", isolation);
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        settings.put("group.id", "copier");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", running.address()));
    }

    /** All values from the beginning to the end that this isolation level sees. */
    private List<String> values(String isolation, TopicPartition partition) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer(isolation)) {
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

    private static void send(KafkaProducer<String, String> producer, TopicPartition to, String value) throws Exception {
        producer.send(new ProducerRecord<>(to.topic(), to.partition(), null, value))
                .get(30, TimeUnit.SECONDS);
    }

    @Test
    void showsWhatIsCommittedToCommittedReadersAndEverythingToOthers() throws Exception {
        try (KafkaProducer<String, String> producer = begun("a")) {
            send(producer, OUT0, "one");
            send(producer, OUT1, "two");
            producer.commitTransaction();
            producer.beginTransaction();
            send(producer, OUT0, "lost");
            send(producer, OUT1, "lost");
            producer.abortTransaction();
            producer.beginTransaction();
            send(producer, OUT0, "three");
            assertThat(values("read_committed", OUT0)).containsExactly("one");
            producer.commitTransaction();
        }
        assertThat(values("read_committed", OUT0)).containsExactly("one", "three");
        assertThat(values("read_committed", OUT1)).containsExactly("two");
        assertThat(values("read_uncommitted", OUT0)).containsExactly("one", "lost", "three");
    }

    @Test
    void wakesAWaitingReaderWithTheCommit() throws Exception {
        try (KafkaProducer<String, String> producer = begun("a");
                KafkaConsumer<String, String> consumer = consumer("read_committed")) {
            consumer.assign(List.of(OUT0));
            consumer.seekToBeginning(List.of(OUT0));
            send(producer, OUT0, "one");
            assertThat(consumer.poll(Duration.ofMillis(300))).isEmpty();
            producer.commitTransaction();
            List<String> values = new ArrayList<>();
            while (values.isEmpty()) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
            }
            assertThat(values).containsExactly("one");
        }
    }

    @Test
    void copiesEachRecordOnceThoughTransactionsAreAborted() throws Exception {
        int count = 200;
        try (KafkaProducer<String, String> source = begun("source")) {
            for (int number = 0; number < count; number++) {
                var unused = source.send(new ProducerRecord<>("in", 0, null, "v" + number));
            }
            source.commitTransaction();
        }
        int transactions = 0;
        try (KafkaProducer<String, String> producer = producer("copier", 60_000);
                KafkaConsumer<String, String> consumer = consumer("read_committed")) {
            producer.initTransactions();
            consumer.subscribe(List.of("in"));
            long position = 0;
            while (position < count) {
                var records = consumer.poll(Duration.ofSeconds(1)).records(IN);
                if (records.isEmpty()) {
                    continue;
                }
                List<ConsumerRecord<String, String>> some = records.subList(0, Math.min(30, records.size()));
                producer.beginTransaction();
                for (ConsumerRecord<String, String> record : some) {
                    int partition = (int) (record.offset() % 2);
                    var unused = producer.send(new ProducerRecord<>("out", partition, null, "c" + record.value()));
                }
                long next = some.get(some.size() - 1).offset() + 1;
                producer.sendOffsetsToTransaction(Map.of(IN, new OffsetAndMetadata(next)), consumer.groupMetadata());
                if (transactions++ % 3 == 1) {
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                    position = next;
                }
                consumer.seek(IN, position);
            }
            assertThat(Objects.requireNonNull(
                                    consumer.committed(java.util.Set.of(IN)).get(IN))
                            .offset())
                    .isEqualTo(count);
        }
        List<String> copied = new ArrayList<>(values("read_committed", OUT0));
        copied.addAll(values("read_committed", OUT1));
        List<String> expected = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            expected.add("cv" + number);
        }
        assertThat(copied).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void shutsOutTheOlderOfTwoProducersWithOneId() throws Exception {
        try (KafkaProducer<String, String> older = begun("a")) {
            send(older, OUT0, "lost");
            try (KafkaProducer<String, String> newer = begun("a")) {
                send(newer, OUT0, "kept");
                newer.commitTransaction();
            }
            assertThatThrownBy(() -> send(older, OUT0, "late")).hasCauseInstanceOf(InvalidProducerEpochException.class);
            assertThatThrownBy(older::commitTransaction).isInstanceOf(Exception.class);
            assertThatThrownBy(() -> {
                        older.abortTransaction();
                        older.beginTransaction();
                    })
                    .isInstanceOf(ProducerFencedException.class);
        }
        assertThat(values("read_committed", OUT0)).containsExactly("kept");
        assertThat(values("read_uncommitted", OUT0)).containsExactly("lost", "kept");
    }

    @Test
    void abortsTheTransactionOfAProducerThatIsTooSlow() throws Exception {
        try (KafkaProducer<String, String> producer = producer("slow", 300)) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, OUT0, "lost");
            try (Admin admin = admin()) {
                while (describe(admin, "slow").state() != TransactionState.COMPLETE_ABORT) {
                    Thread.onSpinWait();
                }
            }
            assertThatThrownBy(producer::commitTransaction).isInstanceOf(Exception.class);
        }
        assertThat(values("read_committed", OUT0)).isEmpty();
    }

    private static TransactionDescription describe(Admin admin, String id) throws Exception {
        return admin.describeTransactions(List.of(id)).description(id).get(30, TimeUnit.SECONDS);
    }

    @Test
    void showsTransactionsToAdministratorsWhoMayEndThem() throws Exception {
        try (KafkaProducer<String, String> producer = begun("a");
                Admin admin = admin()) {
            send(producer, OUT0, "hangs");

            TransactionDescription described = describe(admin, "a");
            assertThat(described.state()).isEqualTo(TransactionState.ONGOING);
            assertThat(described.topicPartitions()).containsExactly(OUT0);
            assertThat(described.transactionTimeoutMs()).isEqualTo(60_000);
            assertThat(described.coordinatorId()).isEqualTo(1);
            assertThat(admin.listTransactions(new ListTransactionsOptions()
                                    .filterStates(List.of(TransactionState.ONGOING))
                                    .filterProducerIds(List.of(described.producerId())))
                            .all()
                            .get(30, TimeUnit.SECONDS))
                    .extracting(TransactionListing::transactionalId)
                    .containsExactly("a");
            assertThatThrownBy(() -> describe(admin, "b")).hasCauseInstanceOf(TransactionalIdNotFoundException.class);
            ProducerState state = admin.describeProducers(List.of(OUT0))
                    .partitionResult(OUT0)
                    .get(30, TimeUnit.SECONDS)
                    .activeProducers()
                    .get(0);
            assertThat(state.currentTransactionStartOffset()).hasValue(0);
            assertThat(state.producerId()).isEqualTo(described.producerId());

            admin.abortTransaction(new AbortTransactionSpec(
                            OUT0,
                            state.producerId(),
                            (short) state.producerEpoch(),
                            state.coordinatorEpoch().orElse(0)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            assertThat(running.broker().log("out", 0).stableOffset()).isEqualTo(2);
            assertThat(values("read_committed", OUT0)).isEmpty();
        }
    }

    @Test
    void letsAdministratorsShutOutAProducer() throws Exception {
        try (KafkaProducer<String, String> producer = begun("a");
                Admin admin = admin()) {
            send(producer, OUT0, "lost");
            admin.fenceProducers(List.of("a")).all().get(30, TimeUnit.SECONDS);
            assertThatThrownBy(producer::commitTransaction).isInstanceOf(ProducerFencedException.class);
        }
        assertThat(values("read_committed", OUT0)).isEmpty();
    }

    @Test
    void goesOnOverARestart() throws Exception {
        try (KafkaProducer<String, String> producer = begun("a")) {
            send(producer, OUT0, "one");
            producer.commitTransaction();
        }
        Optional<Long> id = running.broker().transactions().list().join().stream()
                .map(found -> found.producer().id())
                .findFirst();
        running.close();
        running = RunningBroker.in(folder);
        try (KafkaProducer<String, String> producer = begun("a")) {
            send(producer, OUT0, "two");
            producer.commitTransaction();
        }
        assertThat(values("read_committed", OUT0)).containsExactly("one", "two");
        assertThat(running.broker()
                        .transactions()
                        .describe("a")
                        .join()
                        .producer()
                        .id())
                .isEqualTo(id.orElseThrow());
    }
}
