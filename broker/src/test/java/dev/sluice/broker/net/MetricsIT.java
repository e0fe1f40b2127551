package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.Batches;
import dev.sluice.broker.metrics.Distribution;
import dev.sluice.broker.metrics.Metric;
import dev.sluice.broker.metrics.Sample;
import dev.sluice.broker.topic.NewTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Kafka's clients do shows in the metrics, number by number. */
@Timeout(120)
class MetricsIT {
    private static final String MARK = "<!-- What follows is generated from the definitions. -->\n\n";

    @TempDir
    Path folder;

    private RunningBroker running;

    @BeforeEach
    void open() {
        running = RunningBroker.with(folder, Map.of("max.connections", "20"));
        running.broker().topics().create(new NewTopic("orders", 2, Map.of())).join();
    }

    @AfterEach
    void close() {
        running.close();
    }

    private double read(String name, String... labels) {
        return running.broker().metrics().read().stream()
                .filter(sample ->
                        sample.metric().name().equals(name) && sample.labels().equals(List.of(labels)))
                .map(Sample::value)
                .mapToDouble(value ->
                        value instanceof Sample.Amount amount ? amount.number() : ((Distribution) value).count())
                .sum();
    }

    /** An answer is counted when it has left, which may be after its client has read it. */
    private void awaitRequests(String request, int count) {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (read("sluice_broker_requests_total", request) < count && System.nanoTime() < deadlineNanos) {
            Thread.onSpinWait();
        }
        assertThat(read("sluice_broker_requests_total", request)).isEqualTo(count);
    }

    private KafkaProducer<String, String> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", running.address()), new StringSerializer(), new StringSerializer());
    }

    @Test
    void countsRequestsRecordsAndBytes() throws Exception {
        try (KafkaProducer<String, String> producer = producer()) {
            for (int number = 0; number < 10; number++) {
                producer.send(new ProducerRecord<>("orders", 1, "key", "value")).get(30, TimeUnit.SECONDS);
            }
        }

        awaitRequests("Produce", 10);
        assertThat(read("sluice_broker_request_seconds", "Produce")).isEqualTo(10);
        assertThat(read("sluice_broker_request_handling_seconds", "Produce")).isEqualTo(10);
        assertThat(read("sluice_broker_topic_records_in_total", "orders")).isEqualTo(10);
        double bytes = read("sluice_broker_topic_bytes_in_total", "orders");
        assertThat(bytes).isEqualTo((double) running.broker().log("orders", 1).sizeBytes());
        assertThat(read("sluice_broker_request_bytes_total", "Produce")).isGreaterThan(bytes);
        assertThat(read("sluice_broker_answer_bytes_total", "Produce")).isGreaterThan(100);
        assertThat(read("sluice_broker_partition_end_offset", "orders", "1")).isEqualTo(10);
        assertThat(read("sluice_broker_partition_end_offset", "orders", "0")).isZero();
        assertThat(read("sluice_broker_partition_size_bytes", "orders", "1")).isEqualTo(bytes);
        assertThat(read("sluice_broker_partition_unsynced_records", "orders", "1"))
                .isEqualTo(10);
        assertThat(read("sluice_broker_log_append_seconds")).isGreaterThanOrEqualTo(10);
    }

    @Test
    void countsWhatLeavesAndTheGroupsThatRead() throws Exception {
        running.broker().append("orders", 0, Batches.of("a", "b")).get(30, TimeUnit.SECONDS);
        Map<String, Object> settings =
                Map.of("bootstrap.servers", running.address(), "group.id", "readers", "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("orders"));
            int seen = 0;
            while (seen < 2) {
                seen += consumer.poll(Duration.ofMillis(100)).count();
            }
            consumer.commitSync();

            assertThat(read("sluice_broker_topic_bytes_out_total", "orders"))
                    .isEqualTo((double) running.broker().log("orders", 0).sizeBytes());
            assertThat(read("sluice_broker_group_offsets")).isEqualTo(2);
            assertThat(running.broker().metrics().read())
                    .filteredOn(sample -> sample.metric().name().equals("sluice_broker_groups"))
                    .extracting(Sample::labels)
                    .contains(List.of("classic", "stable"), List.of("consumer", "stable"));
            assertThat(read("sluice_broker_group_rebalances_total", "classic")).isGreaterThanOrEqualTo(1);
            assertThat(read("sluice_broker_group_offset_commits_total")).isGreaterThanOrEqualTo(2);
            assertThat(read("sluice_broker_group_coordinator_running")).isEqualTo(1);
            assertThat(read("sluice_broker_connections", "PLAINTEXT")).isGreaterThanOrEqualTo(1);
        }
    }

    @Test
    void countsErrorsByCode() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", running.address()))) {
            assertThat(admin.deleteTopics(List.of("nowhere")).all()).failsWithin(Duration.ofSeconds(30));
        }

        awaitRequests("DeleteTopics", 1);
        assertThat(read("sluice_broker_request_errors_total", "DeleteTopics", "UNKNOWN_TOPIC_OR_PARTITION"))
                .isEqualTo(1);
    }

    @Test
    void countsRefusedConnectionsAndForgetsDeletedTopics() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int number = 0; number < 20; number++) {
                RawClient client = new RawClient(running.port());
                clients.add(client);
                assertThat(client.call(ApiKeys.API_VERSIONS, 0, new ApiVersionsRequestData()))
                        .isNotNull();
            }
            RawClient oneTooMany = new RawClient(running.port());
            clients.add(oneTooMany);
            assertThat(oneTooMany.isEnded()).isTrue();
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
        running.broker().topics().delete("orders").join();

        assertThat(read("sluice_broker_connections_opened_total", "PLAINTEXT")).isEqualTo(21);
        assertThat(read("sluice_broker_connections_refused_total", "PLAINTEXT")).isEqualTo(1);
        assertThat(running.broker().metrics().read())
                .filteredOn(sample -> sample.metric().labels().contains("topic"))
                .noneMatch(sample -> sample.labels().contains("orders"));
    }

    /** The table of the page is that of the definitions; {@code -Dsluice.golden=write} renews it. */
    @Test
    void thePageShowsEveryMetric() throws IOException {
        Path page = Path.of("..", "docs", "broker-metrics.md");
        String text = Files.readString(page);
        String expected = text.substring(0, text.indexOf(MARK)) + MARK + "| metric | kind | labels | what it says |\n"
                + "| --- | --- | --- | --- |\n"
                + running.broker().metrics().definitions().stream()
                        .map(MetricsIT::row)
                        .collect(Collectors.joining());
        if ("write".equals(System.getProperty("sluice.golden"))) {
            Files.writeString(page, expected);
        }

        assertThat(Files.readString(page)).isEqualTo(expected);
    }

    private static String row(Metric metric) {
        return "| `" + metric.name() + "` | " + metric.kind().name().toLowerCase(java.util.Locale.ROOT) + " | "
                + String.join(", ", metric.labels()) + " | " + metric.help() + " |\n";
    }
}
