package dev.sluice.broker.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.Batches;
import dev.sluice.broker.Broker;
import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.LoggedLines;
import dev.sluice.broker.topic.NewTopic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.coordinator.common.runtime.CoordinatorRecord;
import org.apache.kafka.coordinator.group.GroupCoordinatorRecordSerde;
import org.apache.kafka.coordinator.group.generated.OffsetCommitKey;
import org.apache.kafka.coordinator.group.generated.OffsetCommitValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GroupOffsetsTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final TopicPartition T1 = new TopicPartition("t", 1);

    @TempDir
    Path folder;

    private Broker broker;

    @BeforeEach
    void open() {
        broker = Broker.open(
                BrokerConfig.of(Map.of("log.dirs", folder.toString(), "offsets.topic.num.partitions", "3")));
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void keepsTheLastCommitOfEachPartition() {
        broker.groups().commit("g", Map.of(T0, 5L, T1, 7L)).join();
        broker.groups().commit("g", Map.of(T0, 6L)).join();
        broker.groups().commit("other", Map.of(T0, 1L)).join();

        assertThat(broker.groups().committed("g")).isEqualTo(Map.of(T0, 6L, T1, 7L));
        assertThat(broker.groups().list()).containsExactly("g", "other");

        broker.close();
        open();
        assertThat(broker.groups().committed("g")).isEqualTo(Map.of(T0, 6L, T1, 7L));
        assertThat(broker.groups().list()).containsExactly("g", "other");
    }

    @Test
    void aGroupThatReadWhatACrashHasCutGoesOnAtWhatIsLeft() {
        broker.topics().createIfMissing(NewTopic.named("t").withPartitions(2)).join();
        broker.append("t", 0, Batches.of("a", "b", "c")).join();
        broker.append("t", 1, Batches.of("a", "b", "c")).join();
        broker.groups().commit("g", Map.of(T0, 9L, T1, 2L)).join();
        broker.close();

        try (LoggedLines lines = new LoggedLines()) {
            open();
            assertThat(lines.containing("had read further than its partitions reach now"))
                    .hasSize(1);
        }

        broker.append("t", 0, Batches.of("d")).join();
        broker.close();
        open();
        assertThat(broker.groups().committed("g")).isEqualTo(Map.of(T0, 3L, T1, 2L));
    }

    @Test
    void forgetsADeletedGroupForGood() {
        broker.groups().commit("g", Map.of(T0, 5L)).join();

        broker.groups().delete("g").join();
        broker.groups().delete("never there").join();

        assertThat(broker.groups().committed("g")).isEmpty();
        assertThat(broker.groups().list()).isEmpty();
        broker.close();
        open();
        assertThat(broker.groups().list()).isEmpty();
    }

    @Test
    void theLastOfManyCommitsWins() {
        List<CompletableFuture<Void>> commits = new ArrayList<>();
        for (long offset = 1; offset <= 1_000; offset++) {
            commits.add(broker.groups().commit("g", Map.of(T0, offset)));
        }
        commits.forEach(CompletableFuture::join);

        assertThat(broker.groups().committed("g")).containsEntry(T0, 1_000L);
    }

    @Test
    void anEmptyCommitIsDoneAtOnce() {
        assertThat(broker.groups().commit("g", Map.of())).isCompleted();
    }

    @Test
    void writesWhatKafkasCoordinatorReadsWhereItLooksForIt() {
        broker.groups().commit("g", Map.of(T1, 7L)).join();
        int partition = "g".hashCode() % 3;

        Record record = broker.log("__consumer_offsets", partition)
                .read(0, 1_000)
                .records()
                .records()
                .iterator()
                .next();
        CoordinatorRecord read = new GroupCoordinatorRecordSerde().deserialize(record.key(), record.value());

        assertThat(read.key())
                .isEqualTo(new OffsetCommitKey().setGroup("g").setTopic("t").setPartition(1));
        OffsetCommitValue value = (OffsetCommitValue) read.value().message();
        assertThat(value.offset()).isEqualTo(7);
        assertThat(value.leaderEpoch()).isEqualTo(-1);
        assertThat(value.metadata()).isEmpty();
        assertThat(value.commitTimestamp()).isEqualTo(record.timestamp());
    }

    @Test
    void passesOverRecordsOfOtherKinds() {
        broker.groups().commit("g", Map.of(T0, 5L)).join();
        Map<String, String> strange = new HashMap<>();
        strange.put("\0\3group state", "x"); // a type of Kafka's coordinator
        strange.put("\0\1", "no offset commit"); // claims to be one
        strange.forEach((key, value) -> broker.append("__consumer_offsets", 0, Batches.keyed(1, key, value))
                .join());

        broker.close();
        try (LoggedLines lines = new LoggedLines()) {
            open();
            assertThat(broker.groups().committed("g")).containsEntry(T0, 5L);
            assertThat(lines.containing("cannot be read and is passed over")).hasSize(1);
        }
    }
}
