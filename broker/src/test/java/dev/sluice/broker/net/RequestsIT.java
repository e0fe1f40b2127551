package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.Batches;
import dev.sluice.broker.handler.Backend;
import dev.sluice.broker.handler.Endpoint;
import dev.sluice.broker.handler.Handler;
import dev.sluice.broker.handler.Handlers;
import dev.sluice.broker.topic.NewTopic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.BaseRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ApiVersionsResponse;
import org.apache.kafka.common.requests.CreateTopicsResponse;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.apache.kafka.common.requests.ListOffsetsResponse;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests byte for byte over a socket: each kind in each version that is announced, and what is not understood. */
@Timeout(120)
class RequestsIT {
    /** Logging in is tested where there is something to log in to. */
    private static final Set<ApiKeys> ELSEWHERE = Set.of(
            ApiKeys.SASL_HANDSHAKE,
            ApiKeys.SASL_AUTHENTICATE,
            ApiKeys.DESCRIBE_USER_SCRAM_CREDENTIALS,
            ApiKeys.ALTER_USER_SCRAM_CREDENTIALS);

    @TempDir
    Path folder;

    private RunningBroker running;
    private SampleRequests samples;
    private RawClient client;

    @BeforeEach
    void open() throws IOException {
        running = RunningBroker.in(folder);
        samples = new SampleRequests(running.broker()
                .topics()
                .create(NewTopic.named("t").withPartitions(2))
                .join());
        for (int version = 1; version <= 6; version++) {
            running.broker().topics().create(NewTopic.named("gone" + version)).join();
        }
        running.broker().append("t", 0, Batches.of("a", "b")).join();
        client = new RawClient(running.port());
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        running.close();
    }

    @Test
    void answersEveryRequestInEveryVersionThatItAnnounces() throws IOException {
        for (Handler<?> handler : handlers().all()) {
            for (short version = handler.versions().oldest();
                    version <= handler.versions().latest();
                    version++) {
                Optional<ApiMessage> sample = samples.of(handler.key(), version);
                if (ELSEWHERE.contains(handler.key())) {
                    continue;
                }
                assertThat(sample).as("a sample of %s", handler.key()).isPresent();
                AbstractResponse answer = client.call(handler.key(), version, sample.orElseThrow());
                Errors expected = GroupSamples.expected(handler.key(), version);
                Set<Errors> found = new HashSet<>(answer.errorCounts().keySet());
                found.add(Errors.NONE); // of the answer as a whole, where it has one
                assertThat(found)
                        .as("%s version %s", handler.key(), version)
                        .isEqualTo(EnumSet.of(Errors.NONE, expected));
            }
        }
    }

    private Handlers handlers() {
        return Handlers.of(new Backend(running.broker(), running.config(), listener -> new Endpoint("here", 1)));
    }

    @Test
    void announcesExactlyWhatItAnswers() throws IOException {
        ApiVersionsResponse answer = (ApiVersionsResponse) client.call(
                ApiKeys.API_VERSIONS,
                4,
                samples.of(ApiKeys.API_VERSIONS, (short) 4).orElseThrow());

        assertThat(answer.data().apiKeys()).hasSameSizeAs(handlers().all());
        for (Handler<?> handler : handlers().all()) {
            ApiVersion announced = answer.apiVersion(handler.key().id);
            int oldest =
                    handler.key() == ApiKeys.PRODUCE ? 0 : handler.versions().oldest();
            assertThat(announced.minVersion()).as("%s", handler.key()).isEqualTo((short) oldest);
            assertThat(announced.maxVersion()).isEqualTo(handler.versions().latest());
        }
    }

    @Test
    void answersAnUnknownVersionOfApiVersionsInItsFirstForm() throws IOException {
        client.sendHeader(ApiKeys.API_VERSIONS.id, 99);

        var frame = client.receiveFrame();
        assertThat(frame.getInt()).isZero(); // the correlation id: no more header than that
        ApiVersionsResponse answer = ApiVersionsResponse.parse(new ByteBufferAccessor(frame), (short) 0);
        assertThat(answer.data().errorCode()).isEqualTo(Errors.UNSUPPORTED_VERSION.code());
        assertThat(answer.apiVersion(ApiKeys.API_VERSIONS.id).maxVersion()).isEqualTo((short) 4);
        assertThat(client.call(ApiKeys.API_VERSIONS, 0, new ApiVersionsRequestData())
                        .errorCounts())
                .containsOnlyKeys(Errors.NONE);
    }

    @Test
    void endsTheConnectionWhereAVersionOrKeyIsNotUnderstood() throws IOException {
        for (int[] keyAndVersion : new int[][] {{3, 99}, {0, 2}, {9999, 0}, {-1, 0}, {4, 0}, {3, -1}}) {
            try (RawClient stranger = new RawClient(running.port())) {
                stranger.sendHeader(keyAndVersion[0], keyAndVersion[1]);
                assertThat(stranger.isEnded())
                        .as("key %s in version %s", keyAndVersion[0], keyAndVersion[1])
                        .isTrue();
            }
        }
    }

    @Test
    void reportsTheErrorsOfProduce() throws IOException {
        assertThat(produce(13, (short) 1, 9, Batches.of("x"))).isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
        assertThat(produce(9, (short) 1, 0, MemoryRecords.EMPTY)).isEqualTo(Errors.INVALID_RECORD);
        assertThat(produce(9, (short) 1, 0, Batches.joined(Batches.of("x"), Batches.of("y"))))
                .isEqualTo(Errors.INVALID_RECORD);
        assertThat(produce(9, (short) 5, 0, Batches.of("x"))).isEqualTo(Errors.INVALID_REQUIRED_ACKS);
        MemoryRecords damaged = Batches.of("damaged");
        damaged.buffer().put(damaged.sizeInBytes() - 2, (byte) 'X');
        assertThat(produce(9, (short) 1, 0, damaged)).isEqualTo(Errors.CORRUPT_MESSAGE);
        assertThat(running.broker().log("t", 0).endOffset()).isEqualTo(2);
    }

    private Errors produce(int version, short acks, int partition, BaseRecords records) throws IOException {
        ProduceResponse answer = (ProduceResponse)
                client.call(ApiKeys.PRODUCE, version, samples.produce(version, acks, partition, records));
        PartitionProduceResponse result =
                answer.data().responses().iterator().next().partitionResponses().get(0);
        return Errors.forCode(result.errorCode());
    }

    @Test
    void endsTheConnectionWhenARequestWithoutAnswerFails() throws IOException {
        client.send(ApiKeys.PRODUCE, 9, samples.produce(9, (short) 0, 9, Batches.of("x")));

        assertThat(client.isEnded()).isTrue();
    }

    @Test
    void answersInTheOrderOfTheRequests() throws IOException {
        RequestHeader waiting = client.send(ApiKeys.FETCH, 12, samples.fetch(12, 2, 1, 300));
        RequestHeader quick = client.send(ApiKeys.LIST_OFFSETS, 5, samples.listOffsets(-1));
        RequestHeader unanswered = client.send(ApiKeys.PRODUCE, 9, samples.produce(9, (short) 0, Batches.of("c")));
        RequestHeader last = client.send(ApiKeys.LIST_OFFSETS, 5, samples.listOffsets(-1));

        assertThat(client.receive(waiting)).isInstanceOf(FetchResponse.class);
        assertThat(offset(client.receive(quick))).isEqualTo(2);
        assertThat(unanswered.correlationId()).isLessThan(last.correlationId());
        assertThat(client.receive(last)).isInstanceOf(ListOffsetsResponse.class);
    }

    private static long offset(AbstractResponse answer) {
        ListOffsetsPartitionResponse found = ((ListOffsetsResponse) answer)
                .data()
                .topics()
                .get(0)
                .partitions()
                .get(0);
        return found.offset();
    }

    @Test
    void keepsTheOrderOfManyPipelinedAppends() throws IOException {
        int count = 200;
        RequestHeader[] sent = new RequestHeader[count];
        for (int index = 0; index < count; index++) {
            sent[index] =
                    client.send(ApiKeys.PRODUCE, 9, samples.produce(9, (short) 1, Batches.of(Integer.toString(index))));
        }
        for (int index = 0; index < count; index++) {
            PartitionProduceResponse result = ((ProduceResponse) client.receive(sent[index]))
                    .data()
                    .responses()
                    .iterator()
                    .next()
                    .partitionResponses()
                    .get(0);
            assertThat(result.baseOffset()).isEqualTo(2 + index);
        }
    }

    @Test
    void findsOffsetsByTime() throws IOException {
        assertThat(offset(client.call(ApiKeys.LIST_OFFSETS, 9, samples.listOffsets(ListOffsetsRequest.MAX_TIMESTAMP))))
                .isEqualTo(1);
        assertThat(offset(client.call(ApiKeys.LIST_OFFSETS, 9, samples.listOffsets(1001))))
                .isEqualTo(1);
        assertThat(offset(client.call(ApiKeys.LIST_OFFSETS, 9, samples.listOffsets(5000))))
                .isEqualTo(-1);
        assertThat(offset(client.call(
                        ApiKeys.LIST_OFFSETS, 9, samples.listOffsets(ListOffsetsRequest.LATEST_TIERED_TIMESTAMP))))
                .isEqualTo(-1);
    }

    @Test
    void aWaitingFetchIsAnsweredByTheNextAppend() throws IOException {
        RequestHeader waiting = client.send(ApiKeys.FETCH, 13, samples.fetch(13, 2, 1, 20_000));
        try (RawClient other = new RawClient(running.port())) {
            assertThat(other.call(ApiKeys.PRODUCE, 9, samples.produce(9, (short) 1, Batches.of("new")))
                            .errorCounts())
                    .containsOnlyKeys(Errors.NONE);
        }

        PartitionData found = fetched(client.receive(waiting));
        assertThat(found.highWatermark()).isEqualTo(3);
        assertThat(FetchResponse.recordsSize(found)).isPositive();
    }

    private static PartitionData fetched(AbstractResponse answer) {
        return ((FetchResponse) answer).data().responses().get(0).partitions().get(0);
    }

    @Test
    void aFetchWaitsForItsLeastBytesOrItsTime() throws IOException {
        PartitionData found = fetched(client.call(ApiKeys.FETCH, 13, samples.fetch(13, 0, 1 << 20, 100)));

        assertThat(FetchResponse.recordsSize(found)).isPositive();
    }

    @Test
    void aFetchOutsideOfTheLogIsAnsweredAtOnce() throws IOException {
        assertThat(fetched(client.call(ApiKeys.FETCH, 13, samples.fetch(13, 99, 1, 20_000)))
                        .errorCode())
                .isEqualTo(Errors.OFFSET_OUT_OF_RANGE.code());
    }

    @Test
    void aWaitingFetchIsAnsweredWhenItsTopicIsDeleted() throws IOException {
        RequestHeader waiting = client.send(ApiKeys.FETCH, 13, samples.fetch(13, 2, 1, 20_000));
        running.broker().topics().delete("t").join();

        assertThat(fetched(client.receive(waiting)).errorCode())
                .isIn(Errors.UNKNOWN_TOPIC_OR_PARTITION.code(), Errors.UNKNOWN_TOPIC_ID.code());
    }

    @Test
    void refusesMoreReplicasThanThereAreBrokers() throws IOException {
        CreateTopicsRequestData wanted = (CreateTopicsRequestData) SampleRequests.createTopics("wide");
        wanted.topics().find("wide").setReplicationFactor((short) 3);

        CreateTopicsResponse answer = (CreateTopicsResponse) client.call(ApiKeys.CREATE_TOPICS, 7, wanted);

        assertThat(answer.data().topics().find("wide").errorMessage())
                .isEqualTo("Unable to replicate the partition 3 time(s): The target replication factor of 3"
                        + " cannot be reached because only 1 broker(s) are registered.");
        assertThat(running.broker().topics().find("wide")).isEmpty();
    }
}
