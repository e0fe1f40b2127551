package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kafka-clients for Java: a producer with a callback, and a consumer group of either protocol. */
@ExtendWith(BrokerUnderTest.class)
@Timeout(180)
class JavaClientsIT {
    private static final int COUNT = 500;

    private final String run = UUID.randomUUID().toString().substring(0, 8);

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void sendsWithACallbackAndReadsAsAGroup(String protocol, BrokerUnderTest.Address broker) {
        String topic = "java-" + protocol + "-" + run;
        List<String> values =
                IntStream.range(0, COUNT).mapToObj(number -> "value " + number).toList();

        var offsets = new ConcurrentLinkedQueue<Long>();
        var failures = new ConcurrentLinkedQueue<Exception>();
        try (KafkaProducer<String, String> producer = producer(broker)) {
            for (String value : values) {
                var unused = producer.send(new ProducerRecord<>(topic, "key", value), (sent, failure) -> {
                    if (failure == null) {
                        offsets.add(sent.offset());
                    } else {
                        failures.add(failure);
                    }
                });
            }
            producer.flush();
        }
        assertThat(failures).isEmpty();
        assertThat(offsets)
                .containsExactlyElementsOf(
                        IntStream.range(0, COUNT).mapToObj(Long::valueOf).toList());

        List<String> read = read(broker, topic, protocol, COUNT / 2);
        read.addAll(read(broker, topic, protocol, COUNT - read.size()));
        assertThat(read).isEqualTo(values);
    }

    private static KafkaProducer<String, String> producer(BrokerUnderTest.Address broker) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()), new StringSerializer(), new StringSerializer());
    }

    /** Reads at least so many values and commits them; the next reader of the group goes on there. */
    private List<String> read(BrokerUnderTest.Address broker, String topic, String protocol, int count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrap(),
                "group.id",
                "java-" + protocol + "-" + run,
                "group.protocol",
                protocol,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "max.poll.records",
                50);
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (values.size() < count) {
                for (ConsumerRecord<String, String> polled : consumer.poll(Duration.ofSeconds(1))) {
                    values.add(polled.value());
                }
                consumer.commitSync();
            }
        }
        return values;
    }
}
