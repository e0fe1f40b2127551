package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.topic.NewTopic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.AddOffsetsToTxnRequestData;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTopic;
import org.apache.kafka.common.message.DescribeProducersRequestData;
import org.apache.kafka.common.message.DescribeTransactionsRequestData;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListTransactionsRequestData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData.WritableTxnMarker;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData.WritableTxnMarkerTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.DescribeProducersResponse;
import org.apache.kafka.common.requests.DescribeTransactionsResponse;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.FindCoordinatorResponse;
import org.apache.kafka.common.requests.InitProducerIdResponse;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.apache.kafka.common.requests.ListOffsetsResponse;
import org.apache.kafka.common.requests.ListTransactionsResponse;
import org.apache.kafka.common.requests.ProduceResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests of transactions byte for byte, in each version that is announced. */
@Timeout(120)
class TransactionRequestsIT {
    private static final byte COMMITTED = 1;

    @TempDir
    Path folder;

    private RunningBroker running;
    private RawClient client;
    private long producerId;
    private short producerEpoch;
    private int sequence;

    @BeforeEach
    void open() throws IOException {
        running = RunningBroker.in(folder);
        running.broker().topics().create(NewTopic.named("t").withPartitions(1)).join();
        client = new RawClient(running.port());
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        running.close();
    }

    private void call(ApiKeys key, int version, ApiMessage data, Errors expected) throws IOException {
        AbstractResponse answer = client.call(key, version, data);
        assertThat(answer.errorCounts().keySet())
                .as("%s version %s", key, version)
                .containsExactly(expected);
    }

    private void init(int version) throws IOException {
        InitProducerIdResponse answer = (InitProducerIdResponse) client.call(
                ApiKeys.INIT_PRODUCER_ID,
                version,
                new InitProducerIdRequestData().setTransactionalId("a").setTransactionTimeoutMs(60_000));
        assertThat(answer.error()).isEqualTo(Errors.NONE);
        producerId = answer.data().producerId();
        producerEpoch = answer.data().producerEpoch();
        sequence = 0;
    }

    private ApiMessage addPartition(String topic) {
        AddPartitionsToTxnRequestData data = new AddPartitionsToTxnRequestData()
                .setV3AndBelowTransactionalId("a")
                .setV3AndBelowProducerId(producerId)
                .setV3AndBelowProducerEpoch(producerEpoch);
        data.v3AndBelowTopics()
                .mustAdd(new AddPartitionsToTxnTopic().setName(topic).setPartitions(List.of(0)));
        return data;
    }

    private ApiMessage addGroup() {
        return new AddOffsetsToTxnRequestData()
                .setTransactionalId("a")
                .setProducerId(producerId)
                .setProducerEpoch(producerEpoch)
                .setGroupId("g");
    }

    private ApiMessage commitOffset(int partition) {
        return new TxnOffsetCommitRequestData()
                .setTransactionalId("a")
                .setProducerId(producerId)
                .setProducerEpoch(producerEpoch)
                .setGroupId("g")
                .setTopics(List.of(new TxnOffsetCommitRequestTopic()
                        .setName("t")
                        .setPartitions(List.of(new TxnOffsetCommitRequestPartition()
                                .setPartitionIndex(partition)
                                .setCommittedOffset(1)
                                .setCommittedMetadata("")))));
    }

    private ApiMessage end(boolean isCommitted) {
        return new EndTxnRequestData()
                .setTransactionalId("a")
                .setProducerId(producerId)
                .setProducerEpoch(producerEpoch)
                .setCommitted(isCommitted);
    }

    private Errors produce(int version, String value) throws IOException {
        MemoryRecords batch = MemoryRecords.withTransactionalRecords(
                Compression.NONE,
                producerId,
                producerEpoch,
                sequence,
                new SimpleRecord(value.getBytes(StandardCharsets.UTF_8)));
        ProduceRequestData data = new ProduceRequestData()
                .setTransactionalId("a")
                .setAcks((short) -1)
                .setTimeoutMs(1000);
        data.topicData()
                .mustAdd(new TopicProduceData()
                        .setName("t")
                        .setPartitionData(
                                List.of(new PartitionProduceData().setIndex(0).setRecords(batch))));
        ProduceResponse answer = (ProduceResponse) client.call(ApiKeys.PRODUCE, version, data);
        Errors error = Errors.forCode(answer.data()
                .responses()
                .iterator()
                .next()
                .partitionResponses()
                .get(0)
                .errorCode());
        if (error == Errors.NONE) {
            sequence++;
        }
        return error;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void commitsAndAbortsInEveryVersion(int version) throws IOException {
        init(version);
        for (boolean isCommitted : new boolean[] {true, false}) {
            call(ApiKeys.ADD_PARTITIONS_TO_TXN, Math.min(version, 3), addPartition("t"), Errors.NONE);
            assertThat(produce(3 + 2 * version, "x")).isEqualTo(Errors.NONE);
            call(ApiKeys.ADD_OFFSETS_TO_TXN, version, addGroup(), Errors.NONE);
            call(ApiKeys.TXN_OFFSET_COMMIT, version, commitOffset(0), Errors.NONE);
            call(ApiKeys.END_TXN, version, end(isCommitted), Errors.NONE);
        }
        assertThat(running.broker().groups().committed("g")).containsExactly(Map.entry(new TopicPartition("t", 0), 1L));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void shutsOutAnOlderProducerInTheWordsOfItsVersion(int version) throws IOException {
        init(version);
        short older = producerEpoch;
        init(version);
        producerEpoch = older;
        Errors fenced = version < 2 ? Errors.INVALID_PRODUCER_EPOCH : Errors.PRODUCER_FENCED;
        call(ApiKeys.ADD_PARTITIONS_TO_TXN, Math.min(version, 3), addPartition("t"), fenced);
        call(ApiKeys.ADD_OFFSETS_TO_TXN, version, addGroup(), fenced);
        call(ApiKeys.END_TXN, version, end(true), fenced);
        if (version >= 3) {
            producerId++;
            call(
                    ApiKeys.INIT_PRODUCER_ID,
                    version,
                    new InitProducerIdRequestData()
                            .setTransactionalId("a")
                            .setTransactionTimeoutMs(1000)
                            .setProducerId(producerId)
                            .setProducerEpoch(producerEpoch),
                    version < 4 ? Errors.INVALID_PRODUCER_EPOCH : Errors.PRODUCER_FENCED);
        }
    }

    @Test
    void refusesWhatDoesNotFit() throws IOException {
        call(ApiKeys.END_TXN, 4, end(true), Errors.INVALID_PRODUCER_ID_MAPPING);
        call(
                ApiKeys.INIT_PRODUCER_ID,
                4,
                new InitProducerIdRequestData().setTransactionalId("").setTransactionTimeoutMs(1000),
                Errors.INVALID_REQUEST);
        call(
                ApiKeys.INIT_PRODUCER_ID,
                4,
                new InitProducerIdRequestData().setTransactionalId("a").setTransactionTimeoutMs(900_001),
                Errors.INVALID_TRANSACTION_TIMEOUT);
        call(
                ApiKeys.INIT_PRODUCER_ID,
                4,
                new InitProducerIdRequestData()
                        .setTransactionalId("a")
                        .setTransactionTimeoutMs(1000)
                        .setProducerId(7),
                Errors.INVALID_REQUEST);
        init(5);
        assertThat(produce(7, "x")).isEqualTo(Errors.INVALID_TXN_STATE);
        assertThat(produce(11, "x")).isEqualTo(Errors.TRANSACTION_ABORTABLE);
        call(ApiKeys.TXN_OFFSET_COMMIT, 3, commitOffset(9), Errors.UNKNOWN_TOPIC_OR_PARTITION);
        call(ApiKeys.ADD_PARTITIONS_TO_TXN, 3, addPartition("unknown"), Errors.UNKNOWN_TOPIC_OR_PARTITION);
        call(ApiKeys.ADD_PARTITIONS_TO_TXN, 3, addPartition("__transaction_state"), Errors.UNKNOWN_TOPIC_OR_PARTITION);
        call(ApiKeys.END_TXN, 4, end(true), Errors.INVALID_TXN_STATE);
        producerId++;
        call(ApiKeys.END_TXN, 4, end(true), Errors.INVALID_PRODUCER_ID_MAPPING);
    }

    @Test
    void refusesOffsetsOfAGroupThatWasNotAdded() throws IOException {
        init(5);
        AbstractResponse answer = client.call(ApiKeys.TXN_OFFSET_COMMIT, 3, commitOffset(0));
        assertThat(answer.errorCounts()).containsOnlyKeys(Errors.INVALID_TXN_STATE);
        answer = client.call(ApiKeys.TXN_OFFSET_COMMIT, 4, commitOffset(0));
        assertThat(answer.errorCounts()).containsOnlyKeys(Errors.TRANSACTION_ABORTABLE);
        call(ApiKeys.ADD_OFFSETS_TO_TXN, 4, addGroup(), Errors.NONE);
        call(ApiKeys.TXN_OFFSET_COMMIT, 4, commitOffset(0), Errors.NONE);
    }

    @Test
    void endsReadsOfCommittedRecordsBeforeTheOpenTransactionAndNamesTheAborted() throws IOException {
        init(5);
        call(ApiKeys.ADD_PARTITIONS_TO_TXN, 3, addPartition("t"), Errors.NONE);
        assertThat(produce(9, "aborted")).isEqualTo(Errors.NONE);
        call(ApiKeys.END_TXN, 4, end(false), Errors.NONE);
        call(ApiKeys.ADD_PARTITIONS_TO_TXN, 3, addPartition("t"), Errors.NONE);
        assertThat(produce(9, "open")).isEqualTo(Errors.NONE);

        for (int version = 4; version <= 12; version++) {
            var all = fetch(version, (byte) 0);
            assertThat(all.highWatermark()).isEqualTo(3);
            assertThat(FetchResponse.recordsSize(all)).isPositive();
            assertThat(all.abortedTransactions()).isNull();
            var committed = fetch(version, COMMITTED);
            assertThat(committed.lastStableOffset()).isEqualTo(2);
            assertThat(committed.abortedTransactions()).singleElement().satisfies(aborted -> {
                assertThat(aborted.producerId()).isEqualTo(producerId);
                assertThat(aborted.firstOffset()).isZero();
            });
            assertThat(FetchResponse.recordsSize(committed)).isLessThan(FetchResponse.recordsSize(all));
        }
        assertThat(latest((byte) 0, ListOffsetsRequest.LATEST_TIMESTAMP)).isEqualTo(3);
        assertThat(latest(COMMITTED, ListOffsetsRequest.LATEST_TIMESTAMP)).isEqualTo(2);
    }

    private org.apache.kafka.common.message.FetchResponseData.PartitionData fetch(int version, byte isolation)
            throws IOException {
        FetchResponse answer = (FetchResponse) client.call(
                ApiKeys.FETCH,
                version,
                new FetchRequestData()
                        .setReplicaId(-1)
                        .setMaxBytes(1 << 20)
                        .setIsolationLevel(isolation)
                        .setTopics(List.of(new FetchTopic()
                                .setTopic("t")
                                .setPartitions(List.of(new FetchPartition().setPartitionMaxBytes(1 << 20))))));
        return answer.data().responses().get(0).partitions().get(0);
    }

    private long latest(byte isolation, long timestamp) throws IOException {
        ListOffsetsResponse answer = (ListOffsetsResponse) client.call(
                ApiKeys.LIST_OFFSETS,
                5,
                new ListOffsetsRequestData()
                        .setReplicaId(-1)
                        .setIsolationLevel(isolation)
                        .setTopics(List.of(new ListOffsetsTopic()
                                .setName("t")
                                .setPartitions(List.of(new ListOffsetsPartition().setTimestamp(timestamp))))));
        return answer.data().topics().get(0).partitions().get(0).offset();
    }

    @Test
    void findsItsCoordinatorHere() throws IOException {
        for (int version = 1; version <= 6; version++) {
            FindCoordinatorRequestData data = new FindCoordinatorRequestData().setKeyType((byte) 1);
            data = version < 4 ? data.setKey("a") : data.setCoordinatorKeys(List.of("a"));
            FindCoordinatorResponse answer =
                    (FindCoordinatorResponse) client.call(ApiKeys.FIND_COORDINATOR, version, data);
            assertThat(answer.coordinators()).singleElement().satisfies(found -> {
                assertThat(found.errorCode()).isZero();
                assertThat(found.port()).isEqualTo(running.port());
            });
        }
    }

    @Test
    void describesAndListsAndEndsByForce() throws IOException {
        init(5);
        call(ApiKeys.ADD_PARTITIONS_TO_TXN, 3, addPartition("t"), Errors.NONE);
        assertThat(produce(9, "x")).isEqualTo(Errors.NONE);

        DescribeTransactionsResponse described = (DescribeTransactionsResponse) client.call(
                ApiKeys.DESCRIBE_TRANSACTIONS,
                0,
                new DescribeTransactionsRequestData().setTransactionalIds(List.of("a", "b", "")));
        assertThat(described.data().transactionStates())
                .extracting(each -> Errors.forCode(each.errorCode()))
                .containsExactly(Errors.NONE, Errors.TRANSACTIONAL_ID_NOT_FOUND, Errors.INVALID_REQUEST);
        assertThat(described.data().transactionStates().get(0).transactionState())
                .isEqualTo("Ongoing");
        for (int version = 0; version <= 2; version++) {
            ListTransactionsRequestData data = new ListTransactionsRequestData()
                    .setStateFilters(List.of("Ongoing", "Strange"))
                    .setProducerIdFilters(List.of(producerId));
            if (version >= 1) {
                data.setDurationFilter(0);
            }
            if (version >= 2) {
                data.setTransactionalIdPattern("[ab]");
            }
            ListTransactionsResponse listed =
                    (ListTransactionsResponse) client.call(ApiKeys.LIST_TRANSACTIONS, version, data);
            assertThat(listed.data().unknownStateFilters()).containsExactly("Strange");
            assertThat(listed.data().transactionStates())
                    .extracting(each -> each.transactionalId())
                    .containsExactly("a");
        }
        call(
                ApiKeys.LIST_TRANSACTIONS,
                2,
                new ListTransactionsRequestData().setTransactionalIdPattern("("),
                Errors.INVALID_REGULAR_EXPRESSION);
        assertThat(openProducers()).containsExactly(0L);

        client.call(
                ApiKeys.WRITE_TXN_MARKERS,
                1,
                new WriteTxnMarkersRequestData()
                        .setMarkers(List.of(new WritableTxnMarker()
                                .setProducerId(producerId)
                                .setProducerEpoch(producerEpoch)
                                .setTransactionResult(false)
                                .setTopics(List.of(new WritableTxnMarkerTopic()
                                        .setName("t")
                                        .setPartitionIndexes(List.of(0)))))));

        assertThat(openProducers()).containsExactly(-1L);
    }

    private List<Long> openProducers() throws IOException {
        DescribeProducersResponse answer = (DescribeProducersResponse) client.call(
                ApiKeys.DESCRIBE_PRODUCERS,
                0,
                new DescribeProducersRequestData()
                        .setTopics(List.of(new DescribeProducersRequestData.TopicRequest()
                                .setName("t")
                                .setPartitionIndexes(Collections.singletonList(0)))));
        return answer.data().topics().get(0).partitions().get(0).activeProducers().stream()
                .map(each -> each.currentTxnStartOffset())
                .toList();
    }
}
