package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.Batches;
import dev.sluice.broker.topic.NewTopic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocolCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that stops on purpose: the port goes first, then everybody who waits gets an answer, however long it would take. */
@Timeout(120)
class StopIT {
    private static final Duration SOON = Duration.ofSeconds(4);

    @TempDir
    Path folder;

    private RunningBroker running;
    private SampleRequests samples;

    @BeforeEach
    void open() {
        running = RunningBroker.with(
                folder, Map.of("num.network.threads", "1", "group.initial.rebalance.delay.ms", "600000"));
        samples = new SampleRequests(
                running.broker().topics().create(NewTopic.named("t")).join());
    }

    @AfterEach
    void close() {
        running.close();
    }

    /** By the one event loop, which has seen all that was sent before. */
    private void assertThatTheNextClientIsServed() throws IOException {
        try (RawClient next = new RawClient(running.port())) {
            assertThat(next.call(ApiKeys.API_VERSIONS, 0, new ApiVersionsRequestData()))
                    .isNotNull();
        }
    }

    @Test
    void answersAFetchThatWouldWaitForMinutes() throws IOException {
        try (RawClient client = new RawClient(running.port())) {
            RequestHeader waiting = client.send(ApiKeys.FETCH, 12, samples.fetch(12, 0, 1, 600_000));
            assertThatTheNextClientIsServed();
            long start = System.nanoTime();
            running.close();

            AbstractResponse answer = client.receive(waiting);
            assertThat(answer).isInstanceOf(FetchResponse.class);
            assertThat(answer.errorCounts()).containsOnlyKeys(Errors.NONE);
            assertThat(client.isEnded()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        }
    }

    @Test
    void sendsMembersOfGroupsAway() throws IOException {
        try (RawClient client = new RawClient(running.port())) {
            RequestHeader waiting = client.send(ApiKeys.JOIN_GROUP, 3, join());
            assertThatTheNextClientIsServed();
            running.close();

            assertThat(client.receive(waiting).errorCounts()).containsOnlyKeys(Errors.COORDINATOR_NOT_AVAILABLE);
            assertThat(client.isEnded()).isTrue();
        }
    }

    private static JoinGroupRequestData join() {
        JoinGroupRequestProtocolCollection protocols = new JoinGroupRequestProtocolCollection();
        protocols.mustAdd(new JoinGroupRequestProtocol().setName("range").setMetadata(new byte[0]));
        return new JoinGroupRequestData()
                .setGroupId("g")
                .setMemberId("")
                .setSessionTimeoutMs(10_000)
                .setRebalanceTimeoutMs(600_000)
                .setProtocolType("consumer")
                .setProtocols(protocols);
    }

    @Test
    void answersTheAppendsThatItTook() throws IOException {
        int acknowledgedCount = 0;
        try (RawClient client = new RawClient(running.port())) {
            List<RequestHeader> sent = new ArrayList<>();
            for (int count = 0; count < 300; count++) {
                sent.add(client.send(ApiKeys.PRODUCE, 9, samples.produce(9, (short) 1, Batches.of("v" + count))));
            }
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(running::close);
            for (RequestHeader header : sent) {
                try {
                    assertThat(client.receive(header).errorCounts()).containsOnlyKeys(Errors.NONE);
                    acknowledgedCount++;
                } catch (IOException ended) {
                    break; // what comes now was not taken any more
                }
            }
            stopped.join();
        }
        try (RunningBroker again = RunningBroker.in(folder)) {
            assertThat(again.broker().log("t", 0).endOffset()).isEqualTo(acknowledgedCount);
        }
    }

    @Test
    void closesThePortFirst() throws IOException {
        try (RawClient client = new RawClient(running.port())) {
            RequestHeader waiting = client.send(ApiKeys.FETCH, 12, samples.fetch(12, 0, 1, 600_000));
            assertThatTheNextClientIsServed();
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(running::close);
            assertThat(client.receive(waiting)).isInstanceOf(FetchResponse.class);

            assertThatThrownBy(() -> new RawClient(running.port())).hasMessageContaining("refused");
            stopped.join();
        }
    }
}
