package dev.sluice.broker.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.Broker;
import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.log.Subscription;
import dev.sluice.broker.security.Login;
import dev.sluice.broker.topic.NewTopic;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ConsumerGroupDescribeRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.DeleteGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocolCollection;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestPartition;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopicCollection;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopic;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestContext;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every request about groups in every version that is announced: taken from bytes, answered, turned into bytes. */
@Timeout(120)
class GroupHandlersTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final TopicPartition T1 = new TopicPartition("t", 1);

    @TempDir
    Path folder;

    private Broker broker;
    private Handlers handlers;
    private Uuid topicId;

    @BeforeEach
    void open() throws Exception {
        BrokerConfig config = BrokerConfig.of(Map.of("log.dirs", folder.toString()));
        broker = Broker.open(config);
        topicId = broker.topics()
                .create(NewTopic.named("t").withPartitions(2))
                .get(30, TimeUnit.SECONDS)
                .id();
        handlers = Handlers.of(new Backend(broker, config, listener -> new Endpoint("here", 9092)));
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void findsTheCoordinatorInEveryVersion() throws Exception {
        for (short version : versions(ApiKeys.FIND_COORDINATOR)) {
            FindCoordinatorRequestData one = new FindCoordinatorRequestData().setKey("g");
            FindCoordinatorRequestData many = new FindCoordinatorRequestData().setCoordinatorKeys(List.of("g", "h"));

            Answer answer = ask(ApiKeys.FIND_COORDINATOR, version, version < 4 ? one : many);

            assertThat(answer.codes()).as("version %s", version).containsOnly(Errors.NONE);
            assertThat(answer.text()).contains("nodeId=1, host='here', port=9092");
        }
    }

    @Test
    void refusesOtherCoordinatorsInEveryVersionThatKnowsThem() throws Exception {
        for (short version :
                versions(ApiKeys.FIND_COORDINATOR).stream().filter(v -> v > 0).toList()) {
            FindCoordinatorRequestData wanted = new FindCoordinatorRequestData().setKeyType((byte) 2);

            Answer answer = ask(
                    ApiKeys.FIND_COORDINATOR,
                    version,
                    version < 4 ? wanted.setKey("x") : wanted.setCoordinatorKeys(List.of("x")));

            assertThat(answer.codes()).as("version %s", version).containsOnly(Errors.INVALID_REQUEST);
        }
    }

    @Test
    void leadsAMemberThroughAClassicGroupInEveryVersion() throws Exception {
        for (short version : versions(ApiKeys.JOIN_GROUP)) {
            String group = "classic-" + version;
            var joined = join(group, "", version);
            if (version >= 4) {
                assertThat(joined.codes()).as("version %s", version).containsExactly(Errors.MEMBER_ID_REQUIRED);
                joined = join(group, joined.field("memberId"), version);
            }
            assertThat(joined.codes()).as("version %s", version).containsExactly(Errors.NONE);
            String member = joined.field("memberId");

            for (short syncing : versions(ApiKeys.SYNC_GROUP)) {
                SyncGroupRequestData sync = new SyncGroupRequestData()
                        .setGroupId(group)
                        .setMemberId(member)
                        .setGenerationId(1);
                if (syncing >= 5) {
                    sync.setProtocolType("consumer").setProtocolName("range");
                }
                assertThat(ask(ApiKeys.SYNC_GROUP, syncing, sync).codes())
                        .as("version %s", syncing)
                        .containsExactly(Errors.NONE);
            }
            for (short beating : versions(ApiKeys.HEARTBEAT)) {
                HeartbeatRequestData beat = new HeartbeatRequestData()
                        .setGroupId(group)
                        .setMemberId(member)
                        .setGenerationId(1);
                assertThat(ask(ApiKeys.HEARTBEAT, beating, beat).codes()).containsExactly(Errors.NONE);
            }
        }
    }

    private Answer join(String group, String member, short version) throws Exception {
        JoinGroupRequestProtocolCollection protocols = new JoinGroupRequestProtocolCollection();
        protocols.mustAdd(new JoinGroupRequestProtocol().setName("range").setMetadata(new byte[0]));
        return ask(
                ApiKeys.JOIN_GROUP,
                version,
                new JoinGroupRequestData()
                        .setGroupId(group)
                        .setMemberId(member)
                        .setSessionTimeoutMs(10_000)
                        .setRebalanceTimeoutMs(10_000)
                        .setProtocolType("consumer")
                        .setProtocols(protocols));
    }

    @Test
    void namesTheProtocolOfASyncFromVersion5On() throws Exception {
        SyncGroupRequestData sync =
                new SyncGroupRequestData().setGroupId("g").setMemberId("m").setGenerationId(1);

        assertThat(ask(ApiKeys.SYNC_GROUP, (short) 5, sync).codes())
                .containsExactly(Errors.INCONSISTENT_GROUP_PROTOCOL);
    }

    @Test
    void letsMembersGoInEveryVersion() throws Exception {
        for (short version : versions(ApiKeys.LEAVE_GROUP)) {
            LeaveGroupRequestData leave = new LeaveGroupRequestData().setGroupId("g");

            Answer answer = ask(
                    ApiKeys.LEAVE_GROUP,
                    version,
                    version < 3
                            ? leave.setMemberId("m")
                            : leave.setMembers(List.of(new MemberIdentity().setMemberId("m"))));

            assertThat(answer.codes()).as("version %s", version).contains(Errors.UNKNOWN_MEMBER_ID);
        }
    }

    @Test
    void commitsAndFetchesInEveryVersion() throws Exception {
        long offset = 0;
        for (short version : versions(ApiKeys.OFFSET_COMMIT)) {
            offset++;
            Answer committed = commit(version, T0, offset);
            assertThat(committed.codes()).as("version %s", version).containsOnly(Errors.NONE);
            assertThat(broker.groups().committed("g")).containsEntry(T0, offset);
        }
        for (short version : versions(ApiKeys.OFFSET_FETCH)) {
            Answer fetched = fetch(version, 0);
            assertThat(fetched.codes()).as("version %s", version).containsOnly(Errors.NONE);
            assertThat(fetched.text()).contains("committedOffset=" + offset);
        }
    }

    @Test
    void fetchesAllPartitionsFromVersion2On() throws Exception {
        commit((short) 9, T0, 5);
        commit((short) 9, T1, 6);
        for (short version : versions(ApiKeys.OFFSET_FETCH)) {
            if (version >= 2) {
                OffsetFetchRequestData all = version < 8
                        ? new OffsetFetchRequestData().setGroupId("g").setTopics(null)
                        : new OffsetFetchRequestData()
                                .setGroups(List.of(new OffsetFetchRequestGroup()
                                        .setGroupId("g")
                                        .setTopics(null)));
                String text = ask(ApiKeys.OFFSET_FETCH, version, all).text();
                assertThat(text).as("version %s", version).contains("committedOffset=5", "committedOffset=6");
                assertThat(text).contains(version < 10 ? "name='t'" : "topicId=" + topicId);
            }
        }
    }

    @Test
    void refusesPartitionsThatAreNotThereInEveryVersion() throws Exception {
        for (short version : versions(ApiKeys.OFFSET_COMMIT)) {
            assertThat(commit(version, new TopicPartition("t", 2), 1).codes())
                    .as("version %s", version)
                    .containsOnly(Errors.UNKNOWN_TOPIC_OR_PARTITION);
            topicId = version < 10 ? topicId : Uuid.randomUuid();
            assertThat(commit(version, new TopicPartition("other", 0), 1).codes())
                    .as("version %s", version)
                    .containsOnly(version < 10 ? Errors.UNKNOWN_TOPIC_OR_PARTITION : Errors.UNKNOWN_TOPIC_ID);
        }
        assertThat(fetch((short) 10, 0).codes()).containsOnly(Errors.NONE, Errors.UNKNOWN_TOPIC_ID);
        assertThat(broker.groups().committed("g")).isEmpty();
    }

    @Test
    void deletesOffsets() throws Exception {
        commit((short) 9, T0, 5);
        commit((short) 9, T1, 6);

        Answer answer = ask(
                ApiKeys.OFFSET_DELETE,
                (short) 0,
                new OffsetDeleteRequestData()
                        .setGroupId("g")
                        .setTopics(new OffsetDeleteRequestTopicCollection(List.of(new OffsetDeleteRequestTopic()
                                        .setName("t")
                                        .setPartitions(List.of(
                                                new OffsetDeleteRequestPartition().setPartitionIndex(1),
                                                new OffsetDeleteRequestPartition().setPartitionIndex(7))))
                                .iterator())));

        assertThat(answer.codes())
                .containsExactlyInAnyOrder(Errors.NONE, Errors.NONE, Errors.UNKNOWN_TOPIC_OR_PARTITION);
        assertThat(broker.groups().committed("g")).isEqualTo(Map.of(T0, 5L));
    }

    @Test
    void listsDescribesAndDeletesGroupsInEveryVersion() throws Exception {
        for (short version : versions(ApiKeys.DELETE_GROUPS)) {
            commit((short) 9, T0, 5);
            for (short listing : versions(ApiKeys.LIST_GROUPS)) {
                assertThat(ask(ApiKeys.LIST_GROUPS, listing, new ListGroupsRequestData())
                                .text())
                        .as("version %s", listing)
                        .contains("groupId='g'");
            }
            for (short describing : versions(ApiKeys.DESCRIBE_GROUPS)) {
                DescribeGroupsRequestData describe = new DescribeGroupsRequestData()
                        .setGroups(List.of("g"))
                        .setIncludeAuthorizedOperations(describing >= 3);
                String text = ask(ApiKeys.DESCRIBE_GROUPS, describing, describe).text();
                assertThat(text).as("version %s", describing).contains("errorCode=0", "groupState='Empty'");
                assertThat(text).contains("authorizedOperations=" + (describing >= 3 ? 3400 : Integer.MIN_VALUE));
            }
            assertThat(ask(
                                    ApiKeys.DELETE_GROUPS,
                                    version,
                                    new DeleteGroupsRequestData().setGroupsNames(List.of("g", "g")))
                            .codes())
                    .as("version %s", version)
                    .containsExactly(Errors.NONE);
        }
        assertThat(broker.groups().list()).isEmpty();
    }

    @Test
    void servesAndDescribesConsumerGroupsInEveryVersion() throws Exception {
        for (short version : versions(ApiKeys.CONSUMER_GROUP_HEARTBEAT)) {
            String group = "new-" + version;
            Answer joined = ask(
                    ApiKeys.CONSUMER_GROUP_HEARTBEAT,
                    version,
                    new ConsumerGroupHeartbeatRequestData()
                            .setGroupId(group)
                            .setMemberId(version == 0 ? "" : Uuid.randomUuid().toString())
                            .setRebalanceTimeoutMs(10_000)
                            .setSubscribedTopicNames(List.of("t"))
                            .setTopicPartitions(List.of()));
            assertThat(joined.codes()).as("version %s", version).containsExactly(Errors.NONE);
            for (short describing : versions(ApiKeys.CONSUMER_GROUP_DESCRIBE)) {
                Answer described = ask(
                        ApiKeys.CONSUMER_GROUP_DESCRIBE,
                        describing,
                        new ConsumerGroupDescribeRequestData()
                                .setGroupIds(List.of(group, "none"))
                                .setIncludeAuthorizedOperations(true));
                assertThat(described.codes())
                        .as("version %s", describing)
                        .containsExactlyInAnyOrder(Errors.NONE, Errors.GROUP_ID_NOT_FOUND);
                assertThat(described.text()).contains("authorizedOperations=3400", "subscribedTopicNames=[t]");
            }
        }
    }

    private Answer commit(short version, TopicPartition partition, long offset) throws Exception {
        return ask(
                ApiKeys.OFFSET_COMMIT,
                version,
                new OffsetCommitRequestData()
                        .setGroupId("g")
                        .setTopics(List.of(new OffsetCommitRequestTopic()
                                .setName(partition.topic())
                                .setTopicId(topicId)
                                .setPartitions(List.of(new OffsetCommitRequestPartition()
                                        .setPartitionIndex(partition.partition())
                                        .setCommittedOffset(offset))))));
    }

    private Answer fetch(short version, int partition) throws Exception {
        OffsetFetchRequestData wanted = version < 8
                ? new OffsetFetchRequestData()
                        .setGroupId("g")
                        .setTopics(List.of(
                                new OffsetFetchRequestTopic().setName("t").setPartitionIndexes(List.of(partition))))
                : new OffsetFetchRequestData()
                        .setGroups(List.of(new OffsetFetchRequestGroup()
                                .setGroupId("g")
                                .setTopics(List.of(new OffsetFetchRequestTopics()
                                        .setName("t")
                                        .setTopicId(topicId)
                                        .setPartitionIndexes(List.of(partition))))));
        return ask(ApiKeys.OFFSET_FETCH, version, wanted);
    }

    private List<Short> versions(ApiKeys key) {
        Versions versions = handlers.find(key).orElseThrow().versions();
        List<Short> all = new ArrayList<>();
        for (short version = versions.oldest(); version <= versions.latest(); version++) {
            all.add(version);
        }
        return all;
    }

    /** There and back through bytes, as it would go over a socket. */
    private Answer ask(ApiKeys key, short version, ApiMessage message) throws Exception {
        RequestContext context = new RequestContext(
                new RequestHeader(key, version, "test", 1),
                "1",
                InetAddress.getLoopbackAddress(),
                KafkaPrincipal.ANONYMOUS,
                new ListenerName("PLAINTEXT"),
                SecurityProtocol.PLAINTEXT,
                org.apache.kafka.common.network.ClientInformation.EMPTY,
                false);
        ByteBuffer bytes = MessageUtil.toByteBufferAccessor(message, version).buffer();
        AbstractResponse answer =
                handle(handlers.find(key).orElseThrow(), context.parseRequest(bytes).request, context);
        ByteBuffer sent =
                MessageUtil.toByteBufferAccessor(answer.data(), version).buffer();
        AbstractResponse received = AbstractResponse.parseResponse(key, new ByteBufferAccessor(sent), version);
        return new Answer(received.data().toString(), received.errorCounts());
    }

    @SuppressWarnings("unchecked") // the handler was looked up by the key of the request
    private static <Q extends AbstractRequest> AbstractResponse handle(
            Handler<Q> handler, AbstractRequest request, RequestContext context) throws Exception {
        return handler.handle(new Call<>((Q) request, context, new NoLoop())).get(30, TimeUnit.SECONDS);
    }

    /**
     * An answer as it came back.
     *
     * @param text all its fields
     * @param errors how often each error is in it
     */
    private record Answer(String text, Map<Errors, Integer> errors) {
        Collection<Errors> codes() {
            return errors.entrySet().stream()
                    .flatMap(entry -> Stream.generate(entry::getKey).limit(entry.getValue()))
                    .toList();
        }

        String field(String name) {
            int start = text.indexOf(name + "='") + name.length() + 2;
            return text.substring(start, text.indexOf('\'', start));
        }
    }

    /** No handler of groups waits by itself. */
    private static final class NoLoop implements EventLoop {
        @Override
        public Login login() {
            return Login.free(() -> KafkaPrincipal.ANONYMOUS);
        }

        @Override
        public Backlog backlog() {
            return new Backlog(this);
        }

        @Override
        public Subscription after(long delayMillis, Runnable step) {
            throw new AssertionError("nothing should wait");
        }

        @Override
        public Subscription onStop(Runnable step) {
            return () -> {};
        }

        @Override
        public void execute(Runnable step) {
            step.run();
        }
    }
}
