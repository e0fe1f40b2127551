package dev.sluice.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.config.TopicCreation;
import dev.sluice.runtime.transport.LocalTransport;
import dev.sluice.runtime.transport.PartitionBatch;
import dev.sluice.runtime.transport.RawRecord;
import dev.sluice.runtime.transport.TestingTopics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterTest {
    @TempDir
    Path folder;

    private LocalTransport transport;
    private TestingTopics topics;
    private final List<String> used = new ArrayList<>();

    @BeforeEach
    void open() {
        transport = LocalTransport.open(Map.of("log.dirs", folder.toString(), "offsets.topic.num.partitions", "1"));
        topics = new TestingTopics(transport);
        topics.create("t", 3);
    }

    @AfterEach
    void close() {
        transport.close();
    }

    private static OutgoingRecord record(@Nullable Integer partition, @Nullable String key, String value) {
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return new OutgoingRecord(
                "t", partition, new RawRecord(keyBytes, value.getBytes(StandardCharsets.UTF_8), List.of(), 0));
    }

    private static List<String> values(PartitionBatch batch) {
        return batch.records().stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void keepsTheOrderWithinEachPartitionAndKnowsWhereEachRecordWent() {
        Router.Routed routed = new Router(transport, true, TopicCreation.DEFAULTS, used::add)
                .route(List.of(record(1, null, "a"), record(0, null, "b"), record(1, null, "c"), record(1, null, "d")));

        assertThat(used).containsExactly("t");
        assertThat(routed.batches()).hasSize(2);
        assertThat(values(routed.batches().get(0))).containsExactly("a", "c", "d");
        assertThat(values(routed.batches().get(1))).containsExactly("b");
        assertThat(SourceBatch.places(routed, List.of(40L, 7L)).stream().map(Object::toString))
                .containsExactly("t-1@40", "t-0@7", "t-1@41", "t-1@42");
    }

    @Test
    void sendsAKeyWhereKafkasProducersSendIt() {
        Router router = new Router(transport, true, TopicCreation.DEFAULTS, used::add);
        for (String key : List.of("a", "b", "ü", "order-1", "")) {
            int expected = Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % 3;
            assertThat(router.route(List.of(record(null, key, "v"))).places())
                    .containsExactly(new TopicPartition("t", expected));
        }
    }

    @Test
    void keepsABatchWithoutKeysTogetherAndTakesPartitionsInTurn() {
        Router router = new Router(transport, true, TopicCreation.DEFAULTS, used::add);
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Router.Routed routed = router.route(List.of(record(null, null, "a"), record(null, null, "b")));
            assertThat(routed.batches()).hasSize(1);
            taken.add(routed.places().get(0).partition());
        }
        assertThat(taken).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void refusesAPartitionThatIsNotThereUntilTheTopicGrows() {
        Router router = new Router(transport, true, TopicCreation.DEFAULTS, used::add);

        assertThatThrownBy(() -> router.route(List.of(record(3, null, "a"))))
                .hasMessage("Cannot append to partition 3 of topic t: it has 3. Correct the source's partition, or give"
                        + " the topic more.");
        topics.grow("t", 4);
        assertThat(router.route(List.of(record(3, null, "a"))).places()).containsExactly(new TopicPartition("t", 3));
    }
}
