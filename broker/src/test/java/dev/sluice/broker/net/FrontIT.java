package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.Batches;
import dev.sluice.broker.topic.NewTopic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bounds of the front: what is too much, too slow or no request at all. */
@Timeout(120)
class FrontIT {
    @TempDir
    Path folder;

    private @Nullable RunningBroker opened;

    private void open(Map<String, String> settings) {
        opened = RunningBroker.with(folder, settings);
    }

    private RunningBroker running() {
        return Objects.requireNonNull(opened);
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    private RawClient client() throws IOException {
        return new RawClient(running().port());
    }

    private void assertThatTheNextClientIsServed() throws IOException {
        try (RawClient next = client()) {
            assertThat(next.call(ApiKeys.API_VERSIONS, 0, new ApiVersionsRequestData())
                            .errorCounts())
                    .containsOnlyKeys(Errors.NONE);
        }
    }

    @Test
    void endsConnectionsWithImpossibleSizes() throws IOException {
        open(Map.of("socket.request.max.bytes", "1000"));
        for (int size : new int[] {1001, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            try (RawClient client = client()) {
                client.sendBytes(ByteBuffer.allocate(4).putInt(size).array());
                assertThat(client.isEnded()).as("size %s", size).isTrue();
            }
        }
        assertThatTheNextClientIsServed();
    }

    @Test
    void endsConnectionsThatSendNonsense() throws IOException {
        open(Map.of());
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            byte[] nonsense = new byte[4 + random.nextInt(200)];
            random.nextBytes(nonsense);
            ByteBuffer.wrap(nonsense).putInt(nonsense.length - 4);
            if (nonsense.length >= 8 && round % 2 == 0) { // a known key and version, then nonsense
                ByteBuffer.wrap(nonsense, 4, 4).putShort((short) (round % 4)).putShort((short) 4);
            }
            try (RawClient client = client()) {
                client.sendBytes(nonsense);
                client.sendBytes(nonsense);
            } catch (IOException ended) {
                assertThat(ended).as("seed %s", seed).isNotNull();
            }
        }
        assertThatTheNextClientIsServed();
    }

    @Test
    void understandsARequestThatComesByteByByte() throws IOException {
        open(Map.of());
        ByteBuffer request = ByteBuffer.allocate(14);
        request.putInt(10)
                .putShort(ApiKeys.API_VERSIONS.id)
                .putShort((short) 0)
                .putInt(7)
                .putShort((short) -1);
        try (RawClient client = client()) {
            for (byte each : request.array()) {
                client.sendBytes(each);
            }
            assertThat(client.receiveFrame().getInt()).isEqualTo(7);
        }
    }

    @Test
    void refusesConnectionsAboveTheLimits() throws IOException {
        open(Map.of("max.connections.per.ip", "2"));
        try (RawClient first = client();
                RawClient second = client()) {
            assertThat(first.call(ApiKeys.API_VERSIONS, 0, new ApiVersionsRequestData()))
                    .isNotNull();
            assertThat(second.call(ApiKeys.API_VERSIONS, 0, new ApiVersionsRequestData()))
                    .isNotNull();
            try (RawClient third = client()) {
                assertThat(third.isEnded()).isTrue();
            }
        }
    }

    @Test
    void endsIdleAndHalfOpenConnections() throws IOException {
        open(Map.of("connections.max.idle.ms", "200"));
        try (RawClient idle = client();
                RawClient halfOpen = client()) {
            halfOpen.sendBytes(ByteBuffer.allocate(10).putInt(1_000_000).array());
            assertThat(idle.isEnded()).isTrue();
            assertThat(halfOpen.isEnded()).isTrue();
        }
        assertThatTheNextClientIsServed();
    }

    @Test
    void holdsTwoHundredIdleConnections() throws IOException {
        open(Map.of());
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int count = 0; count < 200; count++) {
                RawClient client = client();
                clients.add(client);
                assertThat(client.call(ApiKeys.API_VERSIONS, 0, new ApiVersionsRequestData()))
                        .isNotNull();
            }
            for (RawClient client : clients) {
                assertThat(client.call(ApiKeys.API_VERSIONS, 0, new ApiVersionsRequestData()))
                        .isNotNull();
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void aClientThatDoesNotReadHoldsUpNobodyElseAndGetsAllItsAnswers() throws IOException {
        open(Map.of());
        SampleRequests samples = new SampleRequests(
                running().broker().topics().create(NewTopic.named("t")).join());
        String large = "x".repeat(900_000);
        for (int count = 0; count < 5; count++) {
            running().broker().append("t", 0, Batches.of(large)).join();
        }
        try (RawClient slow = client()) {
            List<RequestHeader> sent = new ArrayList<>();
            for (int count = 0; count < 30; count++) {
                sent.add(slow.send(ApiKeys.FETCH, 12, samples.fetch(12, count % 5, 1, 100)));
            }
            assertThatTheNextClientIsServed();
            for (RequestHeader header : sent) {
                AbstractResponse answer = slow.receive(header);
                assertThat(FetchResponse.recordsSize(((FetchResponse) answer)
                                .data()
                                .responses()
                                .get(0)
                                .partitions()
                                .get(0)))
                        .isGreaterThan(900_000);
            }
        }
    }

    @Test
    void takesLargeRequestsOneByOneWhenMemoryIsShort() throws IOException {
        open(Map.of("queued.max.request.bytes", "1000"));
        SampleRequests samples = new SampleRequests(
                running().broker().topics().create(NewTopic.named("t")).join());
        List<RawClient> clients = new ArrayList<>();
        List<RequestHeader> sent = new ArrayList<>();
        try {
            for (int count = 0; count < 8; count++) {
                RawClient client = client();
                clients.add(client);
                sent.add(client.send(
                        ApiKeys.PRODUCE, 9, samples.produce(9, (short) 1, Batches.of("x".repeat(100_000)))));
            }
            for (int index = 0; index < clients.size(); index++) {
                assertThat(clients.get(index).receive(sent.get(index)).errorCounts())
                        .containsOnlyKeys(Errors.NONE);
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
        assertThat(running().broker().log("t", 0).endOffset()).isEqualTo(8);
    }

    @Test
    void saysWhichAddressIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> open(Map.of("listeners", "PLAINTEXT://127.0.0.1:" + taken.getLocalPort())))
                    .hasMessageContaining("Cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + ": Address already in use. End the program that has the port, or change listeners.");
        }
    }

    @Test
    void aStopLetsWaitingFetchesGo() throws IOException {
        open(Map.of("num.network.threads", "1"));
        SampleRequests samples = new SampleRequests(
                running().broker().topics().create(NewTopic.named("t")).join());
        try (RawClient client = client()) {
            RequestHeader waiting = client.send(ApiKeys.FETCH, 12, samples.fetch(12, 0, 1, 300));
            assertThatTheNextClientIsServed(); // by the one event loop, which has seen the fetch by then
            running().close();
            opened = null;
            assertThat(client.receive(waiting)).isInstanceOf(FetchResponse.class);
            assertThat(client.isEnded()).isTrue();
        }
    }
}
