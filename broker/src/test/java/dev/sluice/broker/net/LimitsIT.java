package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.Batches;
import dev.sluice.broker.LoggedLines;
import dev.sluice.broker.topic.NewTopic;
import dev.sluice.broker.topic.Topic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each bound of the front: what is over it ends in an error or a closed connection, with one line in the log. */
@Timeout(120)
class LimitsIT {
    @TempDir
    Path folder;

    private @Nullable RunningBroker opened;
    private @Nullable SampleRequests samples;
    private final LoggedLines lines = new LoggedLines();

    private void open(Map<String, String> settings) {
        opened = RunningBroker.with(folder, settings);
        samples = new SampleRequests(
                opened.broker().topics().create(NewTopic.named("t")).join());
    }

    private RunningBroker running() {
        return Objects.requireNonNull(opened);
    }

    @AfterEach
    void close() {
        lines.close();
        if (opened != null) {
            opened.close();
        }
    }

    private RawClient client() throws IOException {
        return new RawClient(running().port());
    }

    private static void assertThatItIsServed(RawClient client) throws IOException {
        assertThat(client.call(ApiKeys.API_VERSIONS, 0, new ApiVersionsRequestData())
                        .errorCounts())
                .containsOnlyKeys(Errors.NONE);
    }

    @Test
    void endsAFloodOfConnectionsWithOneLine() throws IOException {
        open(Map.of("max.connections", "3"));
        try (RawClient first = client();
                RawClient second = client();
                RawClient third = client()) {
            assertThatItIsServed(first);
            assertThatItIsServed(second);
            assertThatItIsServed(third);
            for (int count = 0; count < 100; count++) {
                try (RawClient more = client()) {
                    assertThat(more.isEnded()).isTrue();
                }
            }
            assertThatItIsServed(first);
        }
        assertThat(lines.containing("a connection is closed"))
                .singleElement()
                .asString()
                .contains("there are max.connections=3 already");
    }

    @Test
    void letsSingleAddressesHaveOtherNumbersOfConnections() throws IOException {
        open(Map.of("max.connections.per.ip", "0", "max.connections.per.ip.overrides", "localhost:1"));
        try (RawClient first = client()) {
            assertThatItIsServed(first);
            try (RawClient second = client()) {
                assertThat(second.isEnded()).isTrue();
            }
        }
    }

    @Test
    void takesTheLargestRequestAndRefusesOneByteMore() throws IOException {
        int limit = RawClient.frame(new RequestHeader(ApiKeys.PRODUCE, (short) 9, "raw", 0), produce(2000)).length
                - Integer.BYTES;
        open(Map.of("socket.request.max.bytes", Integer.toString(limit)));
        for (int over = -1; over <= 1; over++) {
            try (RawClient client = client()) {
                RequestHeader header = client.send(ApiKeys.PRODUCE, 9, produce(2000 + over));
                if (over <= 0) {
                    assertThat(client.receive(header).errorCounts()).containsOnlyKeys(Errors.NONE);
                } else {
                    assertThat(client.isEnded()).isTrue();
                }
            }
        }
        assertThat(running().broker().log("t", 0).endOffset()).isEqualTo(2);
        assertThat(lines.containing("socket.request.max.bytes=" + limit)).hasSize(1);
    }

    /** Requests with names of topics need no id of a topic. */
    private static ApiMessage produce(int valueBytes) {
        return new SampleRequests(new Topic("t", Uuid.ZERO_UUID, 1, Map.of()))
                .produce(9, (short) 1, Batches.of("x".repeat(valueBytes)));
    }

    @Test
    void refusesLargeRequestsThatDoNotProduce() throws IOException {
        open(Map.of("control.request.max.bytes", "2000"));
        try (RawClient client = client()) {
            assertThat(client.call(ApiKeys.PRODUCE, 9, produce(50_000)).errorCounts())
                    .containsOnlyKeys(Errors.NONE);
            assertThatItIsServed(client);
            client.send(ApiKeys.CREATE_TOPICS, 5, SampleRequests.createTopics("x".repeat(2000)));
            assertThat(client.isEnded()).isTrue();
        }
        assertThat(lines.containing("allowed is control.request.max.bytes=2000"))
                .hasSize(1);
    }

    @Test
    void aRequestThatIsOnlyClaimedDoesNotHoldUpOthersForLong() throws IOException {
        open(Map.of("queued.max.request.bytes", "100000", "request.receive.timeout.ms", "300"));
        try (RawClient halfOpen = client();
                RawClient large = client();
                RawClient small = client()) {
            halfOpen.sendBytes(ByteBuffer.allocate(10).putInt(50_000_000).array());
            assertThatItIsServed(small); // the claim has been seen by then, or will be soon
            RequestHeader waiting = large.send(ApiKeys.PRODUCE, 9, produce(200_000));
            assertThat(small.call(ApiKeys.PRODUCE, 9, produce(100)).errorCounts())
                    .containsOnlyKeys(Errors.NONE);
            assertThat(large.receive(waiting).errorCounts()).containsOnlyKeys(Errors.NONE);
        }
    }

    @Test
    void endsAClientThatDoesNotReadItsAnswer() throws IOException {
        open(Map.of("connections.max.idle.ms", "500", "message.max.bytes", "50000000"));
        running().broker().append("t", 0, Batches.of("x".repeat(40_000_000))).join();
        try (RawClient deaf = client()) {
            RequestHeader sent =
                    deaf.send(ApiKeys.FETCH, 12, Objects.requireNonNull(samples).fetch(12, 0, 1, 0));
            try (RawClient next = client()) {
                while (lines.containing("its answers were not read").isEmpty()) {
                    assertThatItIsServed(next);
                }
            }
            assertThat(sent.correlationId()).isZero();
        }
        assertThat(lines.containing("its answers were not read for connections.max.idle.ms=500"))
                .hasSize(1);
    }

    @Test
    void boundsTheBytesOfOneFetch() throws IOException {
        open(Map.of("fetch.max.bytes", "100000"));
        for (int count = 0; count < 10; count++) {
            running().broker().append("t", 0, Batches.of("x".repeat(40_000))).join();
        }
        try (RawClient client = client()) {
            FetchResponse answer = (FetchResponse) client.call(
                    ApiKeys.FETCH, 12, Objects.requireNonNull(samples).fetch(12, 0, 1, 0));
            assertThat(FetchResponse.recordsSize(
                            answer.data().responses().get(0).partitions().get(0)))
                    .isBetween(40_000, 100_000);
        }
    }

    @Test
    void worksOnOneRequestOfAClientAtATimeHoweverManyItSends() throws IOException {
        open(Map.of("max.in.flight.requests.per.connection", "1"));
        try (RawClient client = client()) {
            List<RequestHeader> sent = new ArrayList<>();
            for (int count = 0; count < 500; count++) {
                sent.add(client.send(ApiKeys.PRODUCE, 9, produce(count)));
            }
            for (RequestHeader header : sent) {
                assertThat(client.receive(header).errorCounts()).containsOnlyKeys(Errors.NONE);
            }
        }
        assertThat(running().broker().log("t", 0).endOffset()).isEqualTo(500);
    }
}
