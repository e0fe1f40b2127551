package dev.sluice.plugin.standard.predicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.api.transform.Predicate;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our predicates beside Kafka Connect's. */
class PredicateParityTest {
    private static final List<String> TOPICS = List.of("orders", "orders-1", "my-orders", "o");

    @ParameterizedTest
    @ValueSource(strings = {"orders", "orders.*", ".*", "o|orders", "(?i)ORDERS", "[a-z]"})
    void topicNamesMatchAsInKafkaConnect(String pattern) {
        try (Predicate ours = configured(new TopicNameMatches(), Map.of("pattern", pattern));
                var theirs = new org.apache.kafka.connect.transforms.predicates.TopicNameMatches<
                        org.apache.kafka.connect.sink.SinkRecord>()) {
            theirs.configure(Map.of("pattern", pattern));
            for (String topic : TOPICS) {
                assertThat(ours.test(record(topic))).as(topic).isEqualTo(theirs.test(theirRecord(topic)));
                assertThat(ours.test(record(topic))).as(topic + " again").isEqualTo(theirs.test(theirRecord(topic)));
            }
        }
    }

    @Test
    void headersAreFoundByName() {
        try (Predicate predicate = configured(new HasHeaderKey(), Map.of("name", "trace"))) {
            SinkRecord plain = record("orders");
            assertThat(predicate.test(plain)).isFalse();
            assertThat(predicate.test(plain.withHeaders(plain.headers().with("other", "1"))))
                    .isFalse();
            assertThat(predicate.test(
                            plain.withHeaders(plain.headers().with("other", "1").with("trace", "2"))))
                    .isTrue();
        }
    }

    @Test
    void tombstonesAreRecordsWithoutValue() {
        try (Predicate predicate = configured(new RecordIsTombstone(), Map.of())) {
            assertThat(predicate.test(record("orders"))).isFalse();
            assertThat(predicate.test(record("orders").withValue(SchemaAndValue.NULL)))
                    .isTrue();
        }
    }

    @Test
    void settingsThatCannotBeUsedAreRefused() {
        assertThat(new TopicNameMatches()
                        .configSpec()
                        .validate(Map.of("pattern", ""))
                        .errors())
                .extracting(ConfigProblem::text)
                .containsExactly("Cannot use the empty pattern: it matches no topic. Give a pattern such as orders.*");
        assertThat(new TopicNameMatches()
                        .configSpec()
                        .validate(Map.of("pattern", "("))
                        .errors())
                .isNotEmpty();
        assertThat(new HasHeaderKey().configSpec().validate(Map.of("name", "")).errors())
                .isNotEmpty();
    }

    private static Predicate configured(Predicate predicate, Map<String, String> settings) {
        predicate.configure(predicate.configSpec().parse(settings));
        return predicate;
    }

    private static SinkRecord record(String topic) {
        return SinkRecord.of(new RecordCoordinates(new TopicPartition(topic, 0), 1), SchemaAndValue.string("x"));
    }

    private static org.apache.kafka.connect.sink.SinkRecord theirRecord(String topic) {
        return new org.apache.kafka.connect.sink.SinkRecord(
                topic, 0, null, null, null, "x", 1, null, TimestampType.NO_TIMESTAMP_TYPE);
    }
}
