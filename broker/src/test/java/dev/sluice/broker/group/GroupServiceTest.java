package dev.sluice.broker.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.Batches;
import dev.sluice.broker.Broker;
import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.BrokerException;
import dev.sluice.broker.Folders;
import dev.sluice.broker.LoggedLines;
import dev.sluice.broker.topic.NewTopic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.CoordinatorNotAvailableException;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.message.DescribeGroupsResponseData.DescribedGroup;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.ListGroupsResponseData.ListedGroup;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The coordinator without sockets: how it shares the offsets with this process, and what it makes of topics and files. */
@Timeout(60)
class GroupServiceTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final TopicPartition T1 = new TopicPartition("t", 1);
    private static final int HEARTBEAT_VERSION = 1;

    @TempDir
    Path folder;

    private Broker broker;

    @BeforeEach
    void open() throws Exception {
        broker = open(folder);
        wait(broker.topics().createIfMissing(NewTopic.named("t").withPartitions(2)));
    }

    private static Broker open(Path directory) {
        return Broker.open(BrokerConfig.of(Map.of(
                "log.dirs", directory.toString(),
                "offsets.topic.num.partitions", "3",
                "group.consumer.assignment.interval.ms", "0")));
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void seesWhatThisProcessCommittedBeforeItStarted() throws Exception {
        wait(broker.groups().commit("connect-a", Map.of(T0, 5L, T1, 7L)));

        assertThat(fetch("connect-a")).isEqualTo(Map.of(T0, 5L, T1, 7L));
        assertThat(list()).containsExactly("connect-a:Empty");
    }

    @Test
    void seesWhatThisProcessCommitsWhileItRuns() throws Exception {
        wait(broker.groupService().start());

        wait(broker.groups().commit("connect-a", Map.of(T0, 5L)));
        wait(broker.groups().commit("connect-a", Map.of(T0, 6L, T1, 1L)));

        assertThat(fetch("connect-a")).isEqualTo(Map.of(T0, 6L, T1, 1L));
        assertThat(broker.groups().committed("connect-a")).isEqualTo(Map.of(T0, 6L, T1, 1L));
    }

    @Test
    void showsThisProcessWhatClientsCommitAndDelete() throws Exception {
        wait(commit("outside", -1, "", T0, 9));
        assertThat(broker.groups().committed("outside")).isEqualTo(Map.of(T0, 9L));
        assertThat(broker.groups().list()).containsExactly("outside");

        wait(broker.groupService().deleteGroups(caller(ApiKeys.DELETE_GROUPS), List.of("outside")));
        assertThat(broker.groups().list()).isEmpty();
    }

    @Test
    void losesNoCommitWhileTheCoordinatorTakesOver() throws Exception {
        List<CompletableFuture<Void>> commits = new ArrayList<>();
        for (long offset = 1; offset <= 2_000; offset++) {
            commits.add(broker.groups().commit("g" + offset % 7, Map.of(T0, offset)));
            if (offset == 500) {
                commits.add(broker.groupService().start());
            }
        }
        for (CompletableFuture<Void> commit : commits) {
            wait(commit);
        }

        for (int number = 0; number < 7; number++) {
            long last = 2_000L - (2_000 - number) % 7;
            assertThat(fetch("g" + number)).containsEntry(T0, last);
            assertThat(broker.groups().committed("g" + number)).containsEntry(T0, last);
        }
    }

    @Test
    void keepsOffsetsOverARestartAndACrash(@TempDir Path copy) throws Exception {
        // A group beyond the end of its partition would be taken back to it at the next start.
        for (TopicPartition read : List.of(T0, T1)) {
            wait(broker.append(
                    read.topic(), read.partition(), Batches.of("1", "2", "3", "4", "5", "6", "7", "8", "9")));
        }
        wait(broker.groups().commit("connect-a", Map.of(T0, 5L)));
        wait(commit("outside", -1, "", T1, 9));
        wait(broker.groups().commit("connect-a", Map.of(T0, 6L)));
        Folders.copyAsAfterCrash(folder, copy);

        broker.close();
        open();
        assertThat(fetch("connect-a")).isEqualTo(Map.of(T0, 6L));
        assertThat(fetch("outside")).isEqualTo(Map.of(T1, 9L));

        broker.close();
        broker = open(copy);
        assertThat(broker.groups().committed("outside")).isEqualTo(Map.of(T1, 9L));
        assertThat(fetch("connect-a")).isEqualTo(Map.of(T0, 6L));
        assertThat(fetch("outside")).isEqualTo(Map.of(T1, 9L));
    }

    @Test
    void refusesThisProcessAGroupThatHasMembers() throws Exception {
        heartbeat("connect-a", Uuid.randomUuid().toString(), 0);

        assertThatThrownBy(() -> wait(broker.groups().commit("connect-a", Map.of(T0, 1L))))
                .hasCauseInstanceOf(BrokerException.GroupRefused.class)
                .hasMessageContaining("Cannot commit offsets of group 'connect-a': UNKNOWN_MEMBER_ID")
                .hasMessageContaining(
                        "Consumers from outside are members of this group: stop them or give them" + " another group.");
        assertThatThrownBy(() -> wait(broker.groups().delete("connect-a")))
                .hasCauseInstanceOf(BrokerException.GroupRefused.class)
                .hasMessageContaining("Cannot delete group 'connect-a': NON_EMPTY_GROUP");
    }

    @Test
    void deletesAGroupThatIsNotThereWithoutComplaint() throws Exception {
        wait(broker.groupService().start());

        wait(broker.groups().delete("never there"));

        assertThat(broker.groups().list()).isEmpty();
    }

    @Test
    void assignsPartitionsToTheMembersOfAConsumerGroup() throws Exception {
        String first = Uuid.randomUuid().toString();
        ConsumerGroupHeartbeatResponseData joined = heartbeat("g", first, 0);
        assertThat(assigned(joined)).containsExactly(0, 1);

        String second = Uuid.randomUuid().toString();
        heartbeat("g", second, 0);

        ConsumerGroupHeartbeatResponseData told = heartbeat("g", first, joined.memberEpoch());
        assertThat(assigned(told)).hasSize(1);
        assertThat(list()).containsExactly("g:Reconciling");
    }

    @Test
    void hearsOfTopicsThatComeGrowAndGo() throws Exception {
        String member = Uuid.randomUuid().toString();
        int epoch = heartbeat("g", member, 0).memberEpoch();
        wait(commit("g", epoch, member, T1, 3));

        wait(broker.topics().growTo("t", 4));
        ConsumerGroupHeartbeatResponseData grown = untilAssigned("g", member, 4);
        assertThat(assigned(grown)).containsExactly(0, 1, 2, 3);

        wait(broker.topics().delete("t"));
        untilForgotten("g");
        assertThat(broker.groups().committed("g")).isEmpty();
    }

    /** Heartbeats are what a client does while it waits, and each answers at once. */
    private ConsumerGroupHeartbeatResponseData untilAssigned(String group, String member, int count) throws Exception {
        while (true) {
            ConsumerGroupHeartbeatResponseData joined = heartbeat(group, member, 0);
            if (assigned(joined).size() == count) {
                return joined;
            }
        }
    }

    private void untilForgotten(String group) throws Exception {
        while (!fetch(group).isEmpty()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void passesOverRecordsThatNobodyCanRead() throws Exception {
        wait(broker.groups().commit("g", Map.of(T0, 5L)));
        Map<String, String> strange = new HashMap<>();
        strange.put("\0\1", "no offset commit"); // claims to be one
        strange.put("\7\7", "of a later version");
        for (Map.Entry<String, String> record : strange.entrySet()) {
            wait(broker.append("__consumer_offsets", 0, Batches.keyed(1, record.getKey(), record.getValue())));
        }

        try (LoggedLines lines = new LoggedLines()) {
            assertThat(fetch("g")).isEqualTo(Map.of(T0, 5L));
            assertThat(lines.containing("a record of the groups cannot be read and is passed over"))
                    .hasSize(2);
        }
    }

    @Test
    void servesThisProcessAloneWhereTheCoordinatorCannotStart() throws Exception {
        wait(broker.groups().commit("g", Map.of(T0, 5L)));
        wait(broker.topics().delete("__consumer_offsets"));

        assertThatThrownBy(() -> fetch("g"))
                .hasCauseInstanceOf(CoordinatorNotAvailableException.class)
                .hasMessageContaining("Cannot serve consumer groups: ")
                .hasMessageContaining("It was deleted; restart to create it again.");
        assertThat(broker.groups().committed("g")).isEqualTo(Map.of(T0, 5L));
    }

    @Test
    void answersNobodyAfterTheBrokerIsClosed() throws Exception {
        wait(broker.groupService().start());
        broker.close();

        assertThatThrownBy(() -> fetch("g"))
                .hasCauseInstanceOf(CoordinatorNotAvailableException.class)
                .hasMessageContaining("Cannot serve consumer groups: the broker is closed.");
    }

    @Test
    void describesAGroupOfThisProcessAsOneWithoutMembers() throws Exception {
        wait(broker.groups().commit("connect-a", Map.of(T0, 5L)));

        List<DescribedGroup> described =
                wait(broker.groupService().describeGroups(caller(ApiKeys.DESCRIBE_GROUPS), List.of("connect-a")));

        assertThat(described).singleElement().satisfies(group -> {
            assertThat(group.errorCode()).isZero();
            assertThat(group.groupState()).isEqualTo("Empty");
            assertThat(group.members()).isEmpty();
        });
    }

    private ConsumerGroupHeartbeatResponseData heartbeat(String group, String member, int epoch) throws Exception {
        ConsumerGroupHeartbeatRequestData request = new ConsumerGroupHeartbeatRequestData()
                .setGroupId(group)
                .setMemberId(member)
                .setMemberEpoch(epoch)
                .setRebalanceTimeoutMs(10_000)
                .setSubscribedTopicNames(List.of("t"))
                .setTopicPartitions(epoch == 0 ? List.of() : null);
        ConsumerGroupHeartbeatResponseData answer = wait(broker.groupService()
                .consumerGroupHeartbeat(
                        new InProcessCaller(ApiKeys.CONSUMER_GROUP_HEARTBEAT.id, HEARTBEAT_VERSION), request));
        assertThat(answer.errorMessage()).isNull();
        return answer;
    }

    private static List<Integer> assigned(ConsumerGroupHeartbeatResponseData answer) {
        assertThat(answer.assignment()).isNotNull();
        return answer.assignment().topicPartitions().stream()
                .flatMap(topic -> topic.partitions().stream())
                .sorted()
                .toList();
    }

    private CompletableFuture<OffsetCommitResponseData> commit(
            String group, int epoch, String member, TopicPartition partition, long offset) {
        return broker.groupService()
                .commitOffsets(
                        caller(ApiKeys.OFFSET_COMMIT),
                        new OffsetCommitRequestData()
                                .setGroupId(group)
                                .setMemberId(member)
                                .setGenerationIdOrMemberEpoch(epoch)
                                .setTopics(List.of(new OffsetCommitRequestTopic()
                                        .setName(partition.topic())
                                        .setPartitions(List.of(new OffsetCommitRequestPartition()
                                                .setPartitionIndex(partition.partition())
                                                .setCommittedOffset(offset))))))
                .thenApply(response -> {
                    assertThat(response.topics().get(0).partitions().get(0).errorCode())
                            .isEqualTo(Errors.NONE.code());
                    return response;
                });
    }

    private Map<TopicPartition, Long> fetch(String group) throws Exception {
        var answer = wait(broker.groupService()
                .fetchOffsets(
                        caller(ApiKeys.OFFSET_FETCH),
                        new OffsetFetchRequestGroup().setGroupId(group).setTopics(null),
                        OffsetFetchMode.LATEST));
        assertThat(Errors.forCode(answer.errorCode())).isEqualTo(Errors.NONE);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        answer.topics()
                .forEach(topic -> topic.partitions()
                        .forEach(partition -> offsets.put(
                                new TopicPartition(topic.name(), partition.partitionIndex()),
                                partition.committedOffset())));
        return offsets;
    }

    private List<String> list() throws Exception {
        var answer = wait(broker.groupService().listGroups(caller(ApiKeys.LIST_GROUPS), new ListGroupsRequestData()));
        List<String> groups = new ArrayList<>();
        for (ListedGroup group : answer.groups()) {
            groups.add(group.groupId() + ":" + group.groupState());
        }
        return groups;
    }

    private static InProcessCaller caller(ApiKeys api) {
        return new InProcessCaller(api.id, api.latestVersion());
    }

    private static <T> T wait(CompletableFuture<T> future)
            throws InterruptedException, TimeoutException, IOException, ExecutionException {
        return future.get(30, TimeUnit.SECONDS);
    }
}
