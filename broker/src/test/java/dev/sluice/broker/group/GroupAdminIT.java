package dev.sluice.broker.group;

import static dev.sluice.broker.group.TestingConsumers.partitions;
import static dev.sluice.broker.group.TestingConsumers.pollUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.BrokerException;
import dev.sluice.broker.group.TestingConsumers.GroupProtocolName;
import dev.sluice.broker.net.RunningBroker;
import dev.sluice.broker.topic.NewTopic;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.GroupSubscribedToTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups as Kafka's own Admin client sees and changes them, and how that meets the offsets of this process. */
@Timeout(120)
class GroupAdminIT {
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final TopicPartition T1 = new TopicPartition("t", 1);

    @TempDir
    Path folder;

    private RunningBroker broker;
    private Admin admin;

    @BeforeEach
    void open() throws Exception {
        broker = RunningBroker.with(folder, Map.of("group.min.session.timeout.ms", "1000"));
        broker.broker()
                .topics()
                .createIfMissing(NewTopic.named("t").withPartitions(2))
                .get(30, TimeUnit.SECONDS);
        admin = Admin.create(Map.of("bootstrap.servers", broker.address()));
    }

    @AfterEach
    void close() {
        admin.close();
        broker.close();
    }

    @Test
    void showsTheOffsetsOfThisProcess() throws Exception {
        broker.broker().groups().commit("connect-a", Map.of(T0, 5L)).get(30, TimeUnit.SECONDS);
        assertThat(offsets("connect-a")).isEqualTo(Map.of(T0, 5L));

        broker.broker().groups().commit("connect-a", Map.of(T1, 7L)).get(30, TimeUnit.SECONDS);
        assertThat(offsets("connect-a")).isEqualTo(Map.of(T0, 5L, T1, 7L));
        assertThat(admin.listGroups().all().get())
                .extracting(
                        GroupListing::groupId, listing -> listing.groupState().orElseThrow())
                .containsExactly(org.assertj.core.groups.Tuple.tuple("connect-a", GroupState.EMPTY));
        ConsumerGroupDescription described = describe("connect-a");
        assertThat(described.groupState()).isEqualTo(GroupState.EMPTY);
        assertThat(described.type()).isEqualTo(GroupType.CLASSIC);
        assertThat(described.members()).isEmpty();
    }

    @Test
    void changesTheOffsetsOfThisProcess() throws Exception {
        broker.broker().groups().commit("connect-a", Map.of(T0, 5L, T1, 7L)).get(30, TimeUnit.SECONDS);

        admin.alterConsumerGroupOffsets("connect-a", Map.of(T0, new OffsetAndMetadata(2)))
                .all()
                .get();
        assertThat(broker.broker().groups().committed("connect-a")).isEqualTo(Map.of(T0, 2L, T1, 7L));

        admin.deleteConsumerGroupOffsets("connect-a", Set.of(T1)).all().get();
        assertThat(broker.broker().groups().committed("connect-a")).isEqualTo(Map.of(T0, 2L));

        admin.deleteConsumerGroups(Set.of("connect-a")).all().get();
        assertThat(broker.broker().groups().list()).isEmpty();
    }

    @Test
    void refusesToChangeWhatIsNotThere() {
        assertThatThrownBy(
                        () -> admin.deleteConsumerGroups(Set.of("none")).all().get())
                .hasCauseInstanceOf(GroupIdNotFoundException.class)
                .hasMessageContaining("The group id does not exist.");
        assertThatThrownBy(() -> admin.alterConsumerGroupOffsets(
                                "g", Map.of(new TopicPartition("other", 0), new OffsetAndMetadata(1)))
                        .all()
                        .get())
                .hasCauseInstanceOf(UnknownTopicOrPartitionException.class)
                .hasMessageContaining("Failed altering group offsets for the following partitions: [other-0]");
    }

    @ParameterizedTest
    @EnumSource
    void describesAndProtectsAGroupWithMembers(GroupProtocolName protocol) throws Exception {
        try (KafkaConsumer<String, String> member =
                TestingConsumers.open(broker.address(), protocol, "g", Map.of("client.id", "mine"))) {
            member.subscribe(List.of("t"));
            pollUntil(() -> partitions(member).size() == 2, member);
            member.commitSync(Map.of(T0, new OffsetAndMetadata(3)));

            ConsumerGroupDescription described = describe("g");
            assertThat(described.groupState()).isEqualTo(GroupState.STABLE);
            assertThat(described.type().name().toLowerCase(java.util.Locale.ROOT))
                    .isEqualTo(protocol.name());
            assertThat(described.coordinator().port()).isEqualTo(broker.port());
            assertThat(described.members()).singleElement().satisfies(shown -> {
                assertThat(shown.clientId()).isEqualTo("mine");
                assertThat(shown.host()).isEqualTo("/127.0.0.1");
                assertThat(shown.assignment().topicPartitions()).isEqualTo(Set.of(T0, T1));
            });
            assertThat(offsets("g")).isEqualTo(Map.of(T0, 3L));
            assertThat(broker.broker().groups().committed("g")).isEqualTo(Map.of(T0, 3L));
            assertRefused();
        }
    }

    private void assertRefused() {
        assertThatThrownBy(() -> admin.deleteConsumerGroups(Set.of("g")).all().get())
                .hasCauseInstanceOf(GroupNotEmptyException.class)
                .hasMessageContaining("The group is not empty.");
        assertThatThrownBy(() ->
                        admin.deleteConsumerGroupOffsets("g", Set.of(T0)).all().get())
                .hasCauseInstanceOf(GroupSubscribedToTopicException.class)
                .hasMessageContaining("Deleting offsets of a topic is forbidden");
        assertThatThrownBy(() ->
                        broker.broker().groups().commit("g", Map.of(T0, 1L)).get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(BrokerException.GroupRefused.class)
                .hasMessageContaining("Cannot commit offsets of group 'g': UNKNOWN_MEMBER_ID");
    }

    @Test
    void removesAStaticMember() throws Exception {
        try (KafkaConsumer<String, String> member = TestingConsumers.open(
                broker.address(), GroupProtocolName.classic, "g", Map.of("group.instance.id", "one"))) {
            member.subscribe(List.of("t"));
            pollUntil(() -> partitions(member).size() == 2, member);
        }
        assertThat(describe("g").members()).hasSize(1);

        admin.removeMembersFromConsumerGroup(
                        "g", new RemoveMembersFromConsumerGroupOptions(Set.of(new MemberToRemove("one"))))
                .all()
                .get();

        assertThat(describe("g").members()).isEmpty();
    }

    @Test
    void listsByStateAndType() throws Exception {
        broker.broker().groups().commit("old", Map.of(T0, 5L)).get(30, TimeUnit.SECONDS);
        try (KafkaConsumer<String, String> member =
                TestingConsumers.open(broker.address(), GroupProtocolName.consumer, "new", Map.of())) {
            member.subscribe(List.of("t"));
            pollUntil(() -> partitions(member).size() == 2, member);

            assertThat(listed(new ListGroupsOptions().withTypes(Set.of(GroupType.CONSUMER))))
                    .containsExactly("new");
            assertThat(listed(new ListGroupsOptions().inGroupStates(Set.of(GroupState.EMPTY))))
                    .containsExactly("old");
        }
    }

    private List<String> listed(ListGroupsOptions options) throws Exception {
        return admin.listGroups(options).all().get().stream()
                .map(GroupListing::groupId)
                .toList();
    }

    private ConsumerGroupDescription describe(String group) throws Exception {
        return admin.describeConsumerGroups(List.of(group))
                .describedGroups()
                .entrySet()
                .iterator()
                .next()
                .getValue()
                .get();
    }

    private Map<TopicPartition, Long> offsets(String group) throws Exception {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
        return offsets;
    }
}
