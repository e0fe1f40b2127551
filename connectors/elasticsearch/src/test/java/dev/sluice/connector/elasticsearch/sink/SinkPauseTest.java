package dev.sluice.connector.elasticsearch.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.Config;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.testkit.fake.FakeSinkTaskContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which partitions rest while a cluster that cannot be reached leaves no room. */
final class SinkPauseTest {
    private static final TopicPartition FIRST = new TopicPartition("orders", 0);
    private static final TopicPartition SECOND = new TopicPartition("orders", 1);

    private final FakeSinkTaskContext context = new FakeSinkTaskContext();
    private final SinkSession session = SinkSession.start(context, config());

    private static Config config() {
        return SinkConfig.SPEC
                .openPrefix("")
                .parse(new TreeMap<>(Map.of(
                        "topics", "orders",
                        "connection.url", "http://127.0.0.1:1",
                        "external.resource.usage", "index",
                        "topic.to.external.resource.mapping", "orders:orders",
                        "max.buffered.records", "1")));
    }

    @BeforeEach
    void fill() {
        context.assign(List.of(FIRST));
        session.open(List.of(FIRST));
        assertThat(context.paused()).isEmpty();
        session.put(List.of(SinkRecord.of(new RecordCoordinates(FIRST, 1), SchemaAndValue.schemaless(Map.of("a", 1)))
                .withKey(SchemaAndValue.string("k"))));
        assertThat(context.paused()).containsExactly(FIRST);
    }

    @AfterEach
    void stop() {
        session.stop();
    }

    @Test
    void holdsBackPartitionsThatComeMeanwhile() {
        context.assign(List.of(SECOND));
        session.open(List.of(SECOND));
        assertThat(context.paused()).containsExactlyInAnyOrder(FIRST, SECOND);
    }

    @Test
    void letsTheOthersGoOnWhenTheOneGoesThatTookTheRoom() {
        context.assign(List.of(SECOND));
        session.open(List.of(SECOND));
        session.close(List.of(FIRST));
        context.revoke(List.of(FIRST));
        assertThat(context.paused()).isEmpty();
    }
}
