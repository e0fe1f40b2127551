package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.topic.NewTopic;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a producer is told of records that the broker does not take. */
final class RefusedRecordsIT {
    @TempDir
    Path folder;

    @Test
    void namesTheRecordsForWhichABatchIsRefused() throws Exception {
        // One batch: nothing is sent before the flush.
        Map<String, Object> settings = Map.of("linger.ms", 60_000, "request.timeout.ms", 30_000);
        try (RunningBroker running = RunningBroker.in(folder);
                KafkaProducer<String, String> producer = producer(running, settings)) {
            assertThat(running.broker()
                            .topics()
                            .create(NewTopic.named("compacted")
                                    .withPartitions(1)
                                    .withSetting("cleanup.policy", "compact"))
                            .join()
                            .name())
                    .isEqualTo("compacted");
            Future<RecordMetadata> withKey = producer.send(new ProducerRecord<>("compacted", "key", "value"));
            Future<RecordMetadata> withoutKey = producer.send(new ProducerRecord<>("compacted", "value"));
            producer.flush();

            assertThatThrownBy(withoutKey::get)
                    .hasCauseInstanceOf(InvalidRecordException.class)
                    .hasMessageContaining("Compacted topic cannot accept message without key");
            assertThatThrownBy(withKey::get)
                    .hasCauseExactlyInstanceOf(KafkaException.class)
                    .hasMessageContaining("part of a batch which had one more more invalid records");
        }
    }

    private static KafkaProducer<String, String> producer(RunningBroker running, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", running.address());
        settings.put("delivery.timeout.ms", 120_000);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }
}
