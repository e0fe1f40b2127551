package dev.sluice.broker.group;

import static dev.sluice.broker.group.TestingConsumers.partitions;
import static dev.sluice.broker.group.TestingConsumers.pollUntil;
import static dev.sluice.broker.group.TestingConsumers.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.Batches;
import dev.sluice.broker.Folders;
import dev.sluice.broker.group.TestingConsumers.GroupProtocolName;
import dev.sluice.broker.net.RunningBroker;
import dev.sluice.broker.topic.NewTopic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kafka's own consumer as a member of groups, by the classic and by the consumer protocol. */
@Timeout(180)
class GroupConsumersIT {
    private static final Map<String, String> QUICK = Map.of(
            "group.min.session.timeout.ms", "1000",
            "group.consumer.min.session.timeout.ms", "1000",
            "group.consumer.session.timeout.ms", "2000",
            "group.consumer.min.heartbeat.interval.ms", "100",
            "group.consumer.heartbeat.interval.ms", "200",
            "group.consumer.assignment.interval.ms", "0");

    @TempDir
    Path folder;

    private RunningBroker broker;

    @BeforeEach
    void open() throws Exception {
        broker = RunningBroker.with(folder, QUICK);
        broker.broker()
                .topics()
                .createIfMissing(NewTopic.named("t").withPartitions(4))
                .get(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @ParameterizedTest
    @EnumSource
    void resumesAfterTheLastCommitWhenTheBrokerRestarts(GroupProtocolName protocol) throws Exception {
        append("a", "b", "c");
        readAndCommit(protocol, "a", "b", "c");
        append("d", "e");

        broker.close();
        open();

        readAndCommit(protocol, "d", "e");
    }

    @ParameterizedTest
    @EnumSource
    void resumesAfterTheLastCommitWhenTheBrokerCrashes(GroupProtocolName protocol, @TempDir Path copy)
            throws Exception {
        append("a", "b", "c");
        readAndCommit(protocol, "a", "b", "c");
        append("d");
        Folders.copyAsAfterCrash(folder, copy);
        broker.close();

        broker = RunningBroker.with(copy, QUICK);

        readAndCommit(protocol, "d");
    }

    private void append(String... values) throws Exception {
        broker.broker().append("t", 1, Batches.of(values)).get(30, TimeUnit.SECONDS);
    }

    private void readAndCommit(GroupProtocolName protocol, String... expected) {
        try (KafkaConsumer<String, String> consumer = member(protocol, Map.of())) {
            consumer.subscribe(List.of("t"));
            assertThat(read(consumer, expected.length)).containsExactly(expected);
            consumer.commitSync();
        }
    }

    @ParameterizedTest
    @EnumSource
    void sharesThePartitionsAmongThoseWhoCome(GroupProtocolName protocol) {
        try (KafkaConsumer<String, String> first = member(protocol, Map.of());
                KafkaConsumer<String, String> second = member(protocol, Map.of())) {
            first.subscribe(List.of("t"));
            pollUntil(() -> partitions(first).size() == 4, first);

            second.subscribe(List.of("t"));
            pollUntil(() -> partitions(first).size() == 2 && partitions(second).size() == 2, first, second);
            assertThat(partitions(first)).doesNotContainAnyElementsOf(partitions(second));

            second.unsubscribe();
            pollUntil(() -> partitions(first).size() == 4, first);
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesThePartitionsOfAMemberThatIsSilent(GroupProtocolName protocol) {
        KafkaConsumer<String, String> silent = member(protocol, Map.of());
        try (KafkaConsumer<String, String> other = member(protocol, Map.of())) {
            silent.subscribe(List.of("t"));
            pollUntil(() -> partitions(silent).size() == 4, silent);

            silent.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP)
                    .withTimeout(Duration.ZERO));
            other.subscribe(List.of("t"));

            pollUntil(() -> partitions(other).size() == 4, other);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsThePlaceOfAStaticMember(GroupProtocolName protocol) {
        Events events = new Events();
        Map<String, Object> isStatic = new HashMap<>(Map.of("group.instance.id", "one"));
        if (protocol == GroupProtocolName.classic) {
            isStatic.put("session.timeout.ms", "60000");
        }
        try (KafkaConsumer<String, String> other = member(protocol, Map.of())) {
            KafkaConsumer<String, String> before = member(protocol, isStatic);
            other.subscribe(List.of("t"), events);
            before.subscribe(List.of("t"));
            pollUntil(() -> partitions(before).size() == 2 && partitions(other).size() == 2, before, other);
            var place = partitions(before);
            before.close();
            events.lost.clear();

            try (KafkaConsumer<String, String> again = member(protocol, isStatic)) {
                again.subscribe(List.of("t"));
                pollUntil(() -> partitions(again).size() == 2, again, other);

                assertThat(partitions(again)).isEqualTo(place);
                assertThat(events.lost).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void hearsOfNewPartitionsAndOfTopicsByPattern(GroupProtocolName protocol) throws Exception {
        try (KafkaConsumer<String, String> consumer = member(protocol, Map.of("metadata.max.age.ms", "200"))) {
            consumer.subscribe(java.util.regex.Pattern.compile("t.*"));
            pollUntil(() -> partitions(consumer).size() == 4, consumer);

            broker.broker().topics().growTo("t", 6).get(30, TimeUnit.SECONDS);
            pollUntil(() -> partitions(consumer).size() == 6, consumer);

            broker.broker()
                    .topics()
                    .create(NewTopic.named("t-more").withPartitions(1))
                    .get(30, TimeUnit.SECONDS);
            pollUntil(() -> consumer.assignment().contains(new TopicPartition("t-more", 0)), consumer);
        }
    }

    private KafkaConsumer<String, String> member(GroupProtocolName protocol, Map<String, Object> more) {
        return TestingConsumers.open(broker.address(), protocol, "g", more);
    }

    /** What a member loses. */
    private static final class Events implements ConsumerRebalanceListener {
        private final List<TopicPartition> lost = new ArrayList<>();

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            lost.addAll(partitions);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // What comes is seen in the assignment.
        }
    }
}
