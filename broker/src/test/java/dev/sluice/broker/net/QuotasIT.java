package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.Batches;
import dev.sluice.broker.topic.NewTopic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.quota.ClientQuotaFilterComponent;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's clients set quotas and feel them. */
@Timeout(120)
class QuotasIT {
    @TempDir
    Path folder;

    private RunningBroker running;
    private Admin admin;

    @BeforeEach
    void open() {
        running = RunningBroker.in(folder);
        running.broker().topics().create(new NewTopic("orders", 1, Map.of())).join();
        admin = Admin.create(Map.of("bootstrap.servers", running.address()));
    }

    @AfterEach
    void close() {
        admin.close();
        running.close();
    }

    private static ClientQuotaEntity client(@Nullable String id) {
        return new ClientQuotaEntity(java.util.Collections.singletonMap(ClientQuotaEntity.CLIENT_ID, id));
    }

    private void set(ClientQuotaEntity entity, String key, @Nullable Double limit) throws Exception {
        admin.alterClientQuotas(
                        List.of(new ClientQuotaAlteration(entity, List.of(new ClientQuotaAlteration.Op(key, limit)))))
                .all()
                .get(30, TimeUnit.SECONDS);
    }

    private static double metric(Map<MetricName, ? extends Metric> metrics, String name) {
        return metrics.entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(name))
                .map(metric -> metric.getValue().metricValue())
                .filter(Double.class::isInstance)
                .mapToDouble(Double.class::cast)
                .max()
                .orElseThrow();
    }

    @Test
    void describesWhatWasSet() throws Exception {
        ClientQuotaEntity both =
                new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, "alice", ClientQuotaEntity.CLIENT_ID, "batch"));
        set(client("app"), "producer_byte_rate", 1000.0);
        set(client(null), "consumer_byte_rate", 2000.0);
        set(both, "producer_byte_rate", 3000.0);

        assertThat(describe(ClientQuotaFilter.all())).hasSize(3);
        assertThat(describe(ClientQuotaFilter.containsOnly(
                        List.of(ClientQuotaFilterComponent.ofEntity(ClientQuotaEntity.CLIENT_ID, "app")))))
                .containsExactly(Map.entry(client("app"), Map.of("producer_byte_rate", 1000.0)));
        assertThat(describe(ClientQuotaFilter.containsOnly(
                        List.of(ClientQuotaFilterComponent.ofDefaultEntity(ClientQuotaEntity.CLIENT_ID)))))
                .containsOnlyKeys(client(null));
        assertThat(describe(ClientQuotaFilter.contains(
                        List.of(ClientQuotaFilterComponent.ofEntityType(ClientQuotaEntity.USER)))))
                .containsOnlyKeys(both);
        assertThat(describe(ClientQuotaFilter.containsOnly(
                        List.of(ClientQuotaFilterComponent.ofEntityType(ClientQuotaEntity.USER)))))
                .isEmpty();
        set(client("app"), "producer_byte_rate", null);
        assertThat(describe(ClientQuotaFilter.all())).hasSize(2).doesNotContainKey(client("app"));
    }

    private Map<ClientQuotaEntity, Map<String, Double>> describe(ClientQuotaFilter filter) throws Exception {
        return admin.describeClientQuotas(filter).entities().get(30, TimeUnit.SECONDS);
    }

    @Test
    void refusesWhatItDoesNotEnforce() {
        assertThatThrownBy(() -> set(client("app"), "request_percentage", 10.0))
                .hasCauseInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Cannot set quota request_percentage: this broker does not enforce it");
        assertThatThrownBy(() -> set(client("app"), "producer_byte_rate", -1.0))
                .hasCauseInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("it must be above 0");
        assertThatThrownBy(() -> set(
                        new ClientQuotaEntity(Map.of(ClientQuotaEntity.IP, "127.0.0.1")),
                        "connection_creation_rate",
                        1.0))
                .hasCauseInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("this broker limits by user and client-id only");
    }

    @Test
    void aProducerOverItsQuotaIsToldToWaitAndLosesNothing() throws Exception {
        set(client("slow"), "producer_byte_rate", 100_000.0);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", running.address(), "client.id", "slow", "batch.size", 50_000),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int number = 0; number < 120; number++) {
                sent.add(producer.send(new ProducerRecord<>("orders", new byte[10_000])));
            }
            for (int number = 0; number < sent.size(); number++) {
                assertThat(sent.get(number).get(60, TimeUnit.SECONDS).offset()).isEqualTo(number);
            }

            assertThat(metric(producer.metrics(), "produce-throttle-time-max")).isPositive();
        }
    }

    @Test
    void aConsumerOverItsQuotaIsToldToWaitAndMissesNothing() throws Exception {
        for (int number = 0; number < 150; number++) {
            running.broker().append("orders", 0, Batches.of("x".repeat(10_000))).get(30, TimeUnit.SECONDS);
        }
        set(client("slow"), "consumer_byte_rate", 100_000.0);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", running.address(), "client.id", "slow", "max.partition.fetch.bytes", 600_000);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition("orders", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            int seen = 0;
            while (seen < 150) {
                seen += consumer.poll(Duration.ofMillis(100)).count();
            }

            assertThat(metric(consumer.metrics(), "fetch-throttle-time-max")).isPositive();
        }
    }

    @Test
    void aClientThatDoesNotWaitIsNotReadUntilItsTimeIsOver() throws Exception {
        set(client("raw"), "producer_byte_rate", 20_000.0);
        try (RawClient client = new RawClient(running.port())) {
            long restMillis = 0;
            long answeredNanos = System.nanoTime();
            while (restMillis == 0) {
                AbstractResponse answer = client.call(ApiKeys.PRODUCE, 9, produce("x".repeat(20_000)));
                answeredNanos = System.nanoTime();
                assertThat(answer.errorCounts()).containsOnlyKeys(Errors.NONE);
                restMillis = answer.throttleTimeMs();
            }
            assertThat(client.call(ApiKeys.API_VERSIONS, 0, new ApiVersionsRequestData())
                            .errorCounts())
                    .containsOnlyKeys(Errors.NONE);

            // The client's clock starts when it has read the answer, which is after the broker's.
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - answeredNanos))
                    .isGreaterThan(restMillis / 2);
        }
    }

    private static ProduceRequestData produce(String value) {
        return new ProduceRequestData()
                .setAcks((short) 1)
                .setTimeoutMs(1000)
                .setTopicData(new TopicProduceDataCollection(List.of(new TopicProduceData()
                                .setName("orders")
                                .setPartitionData(List.of(
                                        new PartitionProduceData().setIndex(0).setRecords(Batches.of(value)))))
                        .iterator()));
    }
}
