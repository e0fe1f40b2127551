package dev.sluice.runtime.control;

import static dev.sluice.runtime.control.TestingWorker.awaitOutput;
import static dev.sluice.runtime.control.TestingWorker.sink;
import static dev.sluice.runtime.control.TestingWorker.source;
import static dev.sluice.runtime.control.TestingWorker.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.runtime.fake.FakeWorld;
import dev.sluice.testkit.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code broker.listeners}, Kafka's own clients share the worker's topics. */
class ServedClientsIT {
    @TempDir
    Path folder;

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aProducerReachesASinkAndAConsumerReadsWhatASourceWrote() throws Exception {
        FakeWorld in = FakeWorld.of("served-in");
        FakeWorld out = FakeWorld.of("served-out");
        in.input().addAll(List.of("a", "b"));
        String server = "localhost:" + freePort();
        try (TestingWorker worker = TestingWorker.in(folder, "broker.listeners", "PLAINTEXT://" + server)) {
            worker.apply(source("served-in"), sink("served-out"));
            awaitOutput(out, 2);

            produce(server, "c");

            awaitOutput(out, 3);
            assertThat(consume(server, 3)).containsExactly("a", "b", "c");
        }
        assertThat(values(out)).containsExactly("a", "b", "c");
    }

    @Test
    void aPortThatIsTakenEndsTheStartInWords() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String listener = "PLAINTEXT://localhost:" + taken.getLocalPort();

            assertThatThrownBy(() -> TestingWorker.in(folder, "broker.listeners", listener))
                    .isInstanceOf(ConnectorException.class)
                    .hasMessageContaining("Cannot listen on localhost:" + taken.getLocalPort());
        }
        TestingWorker.in(folder).close();
    }

    private static void produce(String server, String value) throws Exception {
        StringSerializer text = new StringSerializer();
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(Map.of("bootstrap.servers", server), text, text)) {
            assertThat(producer.send(new ProducerRecord<>("lines", value)).get().offset())
                    .isEqualTo(2);
        }
    }

    private static List<String> consume(String server, int count) {
        StringDeserializer text = new StringDeserializer();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", server, "group.id", "others", "auto.offset.reset", "earliest");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings, text, text)) {
            consumer.subscribe(List.of("lines"));
            Waiting.until("a consumer read " + count + " records", () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
                return values.size() >= count;
            });
        }
        return values;
    }
}
