package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.topic.NewTopic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka's own producer, consumer and admin client. */
@Timeout(120)
class ClientsIT {
    private static final TopicPartition T0 = new TopicPartition("t", 0);

    @TempDir
    Path folder;

    private RunningBroker running;

    @BeforeEach
    void open() {
        running = RunningBroker.with(folder, Map.of("message.max.bytes", "8000000"));
    }

    @AfterEach
    void close() {
        running.close();
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", running.address());
        settings.put("max.request.size", 10_000_000);
        settings.put("delivery.timeout.ms", 30_000);
        settings.put("request.timeout.ms", 10_000);
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", running.address());
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        settings.putAll(more);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", running.address()));
    }

    private static <K, V> V of(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<ConsumerRecord<byte[], byte[]>> read(int count, Map<String, Object> more) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(more)) {
            consumer.assign(List.of(T0));
            consumer.seekToBeginning(List.of(T0));
            long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (records.size() < count && System.nanoTime() < limit) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        assertThat(records.size()).isEqualTo(count); // the records themselves would fill the report
        return records;
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void carriesRecordsOfEveryCompression(String compression) {
        int count = 5000;
        try (KafkaProducer<byte[], byte[]> producer =
                producer(Map.of("compression.type", compression, "linger.ms", 5))) {
            for (int index = 0; index < count; index++) {
                var unused = producer.send(new ProducerRecord<>("t", 0, bytes("k" + index), bytes("value " + index)));
            }
        }

        List<ConsumerRecord<byte[], byte[]>> records = read(count, Map.of("isolation.level", "read_committed"));
        for (int index = 0; index < count; index++) {
            assertThat(records.get(index).offset()).isEqualTo(index);
            assertThat(records.get(index).value()).isEqualTo(bytes("value " + index));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,false", "1,false", "all,false", "all,true"})
    void takesEveryKindOfAcknowledgement(String acks, boolean isIdempotent) throws Exception {
        running.broker().topics().create(NewTopic.named("t")).join();
        try (KafkaProducer<byte[], byte[]> producer =
                producer(Map.of("acks", acks, "enable.idempotence", isIdempotent, "batch.size", 100))) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int index = 0; index < 500; index++) {
                sent.add(producer.send(new ProducerRecord<>("t", bytes("value " + index))));
            }
            for (int index = 0; index < 500; index++) {
                RecordMetadata metadata = sent.get(index).get(30, TimeUnit.SECONDS);
                assertThat(metadata.offset()).isEqualTo(acks.equals("0") ? -1 : index);
            }
        }

        List<ConsumerRecord<byte[], byte[]>> records = read(500, Map.of());
        assertThat(records.get(499).value()).isEqualTo(bytes("value 499"));
    }

    @Test
    void keepsNullsHeadersAndTimes() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            ProducerRecord<byte[], byte[]> nulls = new ProducerRecord<>("t", 0, 1234L, null, null, List.of());
            nulls.headers().add("h", bytes("1")).add("h", null).add("", new byte[0]);
            producer.send(nulls).get(30, TimeUnit.SECONDS);
            producer.send(new ProducerRecord<>("t", 0, 5678L, new byte[0], new byte[0]))
                    .get(30, TimeUnit.SECONDS);
        }

        List<ConsumerRecord<byte[], byte[]>> records = read(2, Map.of());
        assertThat(records.get(0).key()).isNull();
        assertThat(records.get(0).value()).isNull();
        assertThat(records.get(0).timestamp()).isEqualTo(1234);
        assertThat(records.get(0).headers().toArray()).hasSize(3);
        assertThat(records.get(0).headers().lastHeader("h").value()).isNull();
        assertThat(records.get(1).key()).isEmpty();
        assertThat(records.get(1).value()).isEmpty();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(Map.of())) {
            assertThat(of(consumer.offsetsForTimes(Map.of(T0, 2000L)), T0).offset())
                    .isEqualTo(1);
            assertThat(consumer.offsetsForTimes(Map.of(T0, 9000L)).get(T0)).isNull();
            assertThat(consumer.endOffsets(Set.of(T0))).containsEntry(T0, 2L);
            assertThat(consumer.beginningOffsets(Set.of(T0))).containsEntry(T0, 0L);
        }
    }

    @Test
    void carriesLargeBatchesAndRefusesTooLargeOnes() throws Exception {
        byte[] large = new byte[7_000_000];
        new Random(7).nextBytes(large);
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            producer.send(new ProducerRecord<>("t", 0, null, large)).get(30, TimeUnit.SECONDS);
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("t", 0, null, new byte[9_000_000]))
                            .get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(RecordTooLargeException.class)
                    .hasMessageContaining("is larger than max.message.bytes=8000000");
            producer.send(new ProducerRecord<>("t", 0, null, bytes("after"))).get(30, TimeUnit.SECONDS);
        }

        // Larger than the consumer asks for: the first batch comes whole all the same.
        List<ConsumerRecord<byte[], byte[]>> records = read(2, Map.of("max.partition.fetch.bytes", 1000));
        assertThat(records.get(0).value()).isEqualTo(large);
        assertThat(records.get(1).value()).isEqualTo(bytes("after"));
    }

    @Test
    void givesProducersIdsThatNobodyHadBefore() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            producer.send(new ProducerRecord<>("t", 0, null, bytes("one"))).get(30, TimeUnit.SECONDS);
        }
        running.close();
        open();
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            // The sequence begins at 0 again: with the same id this would be taken for a repetition.
            RecordMetadata second = producer.send(new ProducerRecord<>("t", 0, null, bytes("two")))
                    .get(30, TimeUnit.SECONDS);
            assertThat(second.offset()).isEqualTo(1);
        }
    }

    @Test
    void createsChangesDescribesAndDeletesTopics() throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new org.apache.kafka.clients.admin.NewTopic("made", 3, (short) 1)
                            .configs(Map.of("retention.ms", "1000"))))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            TopicDescription made =
                    of(admin.describeTopics(List.of("made")).allTopicNames().get(30, TimeUnit.SECONDS), "made");
            assertThat(made.partitions()).hasSize(3);
            assertThat(made.topicId())
                    .isEqualTo(
                            running.broker().topics().find("made").orElseThrow().id());
            assertThat(made.partitions().get(2).leader().port()).isEqualTo(running.port());

            admin.createPartitions(Map.of("made", NewPartitions.increaseTo(5)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            assertThat(running.broker().topics().find("made").orElseThrow().partitionCount())
                    .isEqualTo(5);

            admin.deleteTopics(List.of("made")).all().get(30, TimeUnit.SECONDS);
            assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS)).doesNotContain("made");
            assertThatThrownBy(() -> admin.deleteTopics(List.of("made")).all().get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void createsTopicsWithDefaults() throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(
                            new org.apache.kafka.clients.admin.NewTopic("made", Optional.empty(), Optional.empty())))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        assertThat(running.broker().topics().find("made").orElseThrow().partitionCount())
                .isEqualTo(1);
    }

    @Test
    void changesAndDescribesSettings() throws Exception {
        running.broker().topics().create(NewTopic.named("t")).join();
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, "t");
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(
                            resource,
                            List.of(
                                    new AlterConfigOp(
                                            new ConfigEntry("retention.ms", "5000"), AlterConfigOp.OpType.SET),
                                    new AlterConfigOp(
                                            new ConfigEntry("cleanup.policy", "compact"),
                                            AlterConfigOp.OpType.APPEND))))
                    .all()
                    .get(30, TimeUnit.SECONDS);

            Config config = of(admin.describeConfigs(List.of(resource)).all().get(30, TimeUnit.SECONDS), resource);
            assertThat(config.get("retention.ms").value()).isEqualTo("5000");
            assertThat(config.get("retention.ms").source()).isEqualTo(ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG);
            assertThat(config.get("cleanup.policy").value()).isEqualTo("delete,compact");
            assertThat(config.get("max.message.bytes").value()).isEqualTo("8000000");
            assertThat(config.get("max.message.bytes").source())
                    .isEqualTo(ConfigEntry.ConfigSource.STATIC_BROKER_CONFIG);

            assertThatThrownBy(() -> admin.incrementalAlterConfigs(Map.of(
                                    resource,
                                    List.of(new AlterConfigOp(
                                            new ConfigEntry("retention.ms", "soon"), AlterConfigOp.OpType.SET))))
                            .all()
                            .get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("Cannot set up topic t: Invalid value soon for configuration retention.ms");
        }
    }

    @Test
    void describesTheClusterAndItsDisk() throws Exception {
        running.broker().topics().create(NewTopic.named("t")).join();
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
        try (Admin admin = admin()) {
            assertThat(admin.describeCluster().clusterId().get(30, TimeUnit.SECONDS))
                    .isEqualTo(running.broker().clusterId());
            assertThat(admin.describeCluster().nodes().get(30, TimeUnit.SECONDS))
                    .hasSize(1);
            assertThat(admin.describeLogDirs(List.of(1))
                            .allDescriptions()
                            .get(30, TimeUnit.SECONDS)
                            .get(1))
                    .containsOnlyKeys(running.broker().directory().toString());
            assertThat(of(admin.describeConfigs(List.of(broker)).all().get(30, TimeUnit.SECONDS), broker)
                            .get("message.max.bytes")
                            .value())
                    .isEqualTo("8000000");
            assertThat(admin.listPartitionReassignments().reassignments().get(30, TimeUnit.SECONDS))
                    .isEmpty();
        }
    }

    @Test
    void deletesRecordsAndListsOffsets() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of());
                Admin admin = admin()) {
            for (int index = 0; index < 5; index++) {
                producer.send(new ProducerRecord<>("t", 0, 1000L + index, null, bytes("v" + index)))
                        .get(30, TimeUnit.SECONDS);
            }
            assertThat(of(
                                    admin.deleteRecords(Map.of(T0, RecordsToDelete.beforeOffset(3)))
                                            .lowWatermarks(),
                                    T0)
                            .get(30, TimeUnit.SECONDS)
                            .lowWatermark())
                    .isEqualTo(3);
            assertThat(offset(admin, OffsetSpec.earliest())).isEqualTo(3);
            assertThat(offset(admin, OffsetSpec.latest())).isEqualTo(5);
            assertThat(offset(admin, OffsetSpec.maxTimestamp())).isEqualTo(4);
        }
        assertThat(read(2, Map.of()).get(0).value()).isEqualTo(bytes("v3"));
    }

    private static long offset(Admin admin, OffsetSpec wanted) throws Exception {
        return of(admin.listOffsets(Map.of(T0, wanted)).all().get(30, TimeUnit.SECONDS), T0)
                .offset();
    }

    @Test
    void createsTopicsThatProducersNameAndNoOthers() throws Exception {
        running.close();
        running = RunningBroker.with(folder, Map.of("auto.create.topics.enable", "false"));
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("max.block.ms", 300))) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("unknown", bytes("x")))
                            .get(30, TimeUnit.SECONDS))
                    .hasMessageContaining("Topic unknown not present in metadata after 300 ms.");
        }
        assertThat(running.broker().topics().find("unknown")).isEmpty();
    }
}
