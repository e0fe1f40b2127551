package dev.sluice.connector.elasticsearch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testkit.Waiting;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ClusterTest {
    private static final Request HEALTH = Request.of("GET", "/_cluster/health");

    @Test
    void sendsManySmallPiecesAsOneBody() throws IOException {
        StringBuilder all = new StringBuilder();
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int line = 0; line < 20_000; line++) {
            String text = "{\"line\":" + line + "," + "x".repeat(line % 311) + "}\n";
            all.append(text);
            pieces.add(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
        Request bulk = new Request("POST", "/_bulk", Map.of("refresh", "true"), Request.LINES, pieces);
        try (FakeNode node = FakeNode.answering(200, "{}");
                Cluster cluster = Cluster.of(config(node.url()))) {
            assertThat(cluster.call(bulk).status()).isEqualTo(200);
            assertThat(cluster.call(bulk).status()).isEqualTo(200);

            assertThat(node.seen()).hasSize(2).allSatisfy(seen -> {
                assertThat(seen.uri()).isEqualTo("/_bulk?refresh=true");
                assertThat(seen.headers())
                        .containsEntry("content-type", "application/x-ndjson")
                        .containsEntry("content-length", String.valueOf(bulk.bodyBytes()));
                assertThat(seen.text().equals(all.toString())).isTrue();
            });
        }
    }

    @Test
    void sendsAPieceThatIsPartOfALargerBufferOrOutsideTheHeap() throws IOException {
        ByteBuffer part = ByteBuffer.wrap("..{\"a\":1}..".getBytes(StandardCharsets.UTF_8), 2, 7);
        ByteBuffer direct = ByteBuffer.allocateDirect(1).put((byte) '\n').flip();
        Request request = new Request("POST", "/_bulk", Map.of(), Request.LINES, List.of(part, direct));
        for (boolean compressed : List.of(false, true)) {
            try (FakeNode node = FakeNode.answering(200, "{}");
                    Cluster cluster = Cluster.of(config(compressed, node.url()))) {
                cluster.call(request);

                assertThat(unzipped(node.seen().get(0))).isEqualTo("{\"a\":1}\n");
            }
        }
    }

    @Test
    void sendsALargeBodyCompressed() throws IOException {
        String text = "{\"a\":1}\n".repeat(300_000);
        try (FakeNode node = FakeNode.answering(200, "{}");
                Cluster cluster = Cluster.of(config(true, node.url()))) {
            assertThat(cluster.call(Request.json("POST", "/_bulk", text)).status())
                    .isEqualTo(200);

            assertThat(unzipped(node.seen().get(0)).equals(text)).isTrue();
        }
    }

    private static String unzipped(FakeNode.Seen seen) throws IOException {
        if (!"gzip".equals(seen.headers().get("content-encoding"))) {
            return seen.text();
        }
        try (var zipped = new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(seen.body()))) {
            return new String(zipped.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void refusalsAreAnswers() throws IOException {
        try (FakeNode node = FakeNode.answering((seen, exchange) -> {
                    exchange.getResponseHeaders().set("Retry-After", "7");
                    FakeNode.reply(exchange, 429, "{\"error\":\"too much\"}");
                });
                Cluster cluster = Cluster.of(config(node.url()))) {
            Answer answer = cluster.call(HEALTH);

            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.retryAfter()).isEqualTo(Duration.ofSeconds(7));
            assertThat(answer.headers()).containsEntry("x-elastic-product", "Elasticsearch");
            assertThat(answer.reason()).isEqualTo("status 429, too much");
            assertThat(node.seen()).hasSize(1);
        }
    }

    @Test
    @SuppressWarnings("try") // Nodes are closed in the middle: that is what happens to them.
    void aNodeThatIsGoneIsPassedOverAndFoundAgainWhenTheOtherIsGone() throws IOException {
        FakeNode first = FakeNode.answering(200, "1");
        int firstPort = first.port();
        try (FakeNode second = FakeNode.answering(200, "2");
                Cluster cluster = Cluster.of(config(first.url(), second.url()))) {
            first.close();
            for (int count = 0; count < 4; count++) {
                assertThat(cluster.call(HEALTH).text()).isEqualTo("2");
            }
            try (FakeNode back = FakeNode.on(firstPort, (seen, exchange) -> FakeNode.reply(exchange, 200, "1 again"))) {
                second.close();

                // The client leaves the first one out until it knows that the second is no better.
                assertThatThrownBy(() -> cluster.call(HEALTH)).hasMessage("Connection refused");
                assertThat(cluster.call(HEALTH).text()).isEqualTo("1 again");
                assertThat(back.seen()).hasSize(1);
            }
        }
    }

    @Test
    void aRequestThatOneNodeAnswersWith503GoesToTheNextWithItsWholeBody() throws IOException {
        try (FakeNode tired = FakeNode.answering(503, "");
                FakeNode fresh = FakeNode.answering(200, "{}");
                Cluster cluster = Cluster.of(config(tired.url(), fresh.url()))) {
            Request request = Request.json("POST", "/_bulk", "{\"a\":1}\n".repeat(50_000));
            assertThat(cluster.call(request).status()).isEqualTo(200);
            assertThat(cluster.call(request).status()).isEqualTo(200);

            assertThat(tired.seen().size() + fresh.seen().size()).isEqualTo(3);
            assertThat(fresh.seen()).allSatisfy(seen -> assertThat(seen.body()).hasSize(50_000 * 8));
        }
    }

    @Test
    void nothingListeningIsToldWithTheAddress() {
        FakeNode gone = FakeNode.answering(200, "");
        gone.close();
        try (Cluster cluster = Cluster.of(config(gone.url()))) {
            assertThatThrownBy(() -> cluster.call(HEALTH)).isInstanceOfSatisfying(IOException.class, failure -> {
                assertThat(FailureKind.of(failure)).isEqualTo(FailureKind.UNREACHABLE);
                assertThat(FailureKind.exception("Cannot ask the cluster", failure))
                        .hasMessage("Cannot ask the cluster: no connection (Connection refused). Check"
                                + " connection.url, and that the cluster runs and can be reached from here.");
            });
        }
    }

    @Test
    void silenceIsUnanswered() {
        CountDownLatch ended = new CountDownLatch(1);
        try (FakeNode silent = FakeNode.answering((seen, exchange) -> ended.await());
                Cluster cluster =
                        Cluster.of(config(silent.url()).within(Duration.ofSeconds(5), Duration.ofMillis(200)))) {
            assertThatThrownBy(() -> cluster.call(HEALTH))
                    .isInstanceOfSatisfying(
                            IOException.class,
                            failure -> assertThat(FailureKind.of(failure)).isEqualTo(FailureKind.UNANSWERED))
                    .hasMessageContaining("200 milliseconds timeout");
        } finally {
            ended.countDown();
        }
    }

    @Test
    void closingFailsWhatIsUnderWayAndWhatComesAfter() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (FakeNode silent = FakeNode.answering((seen, exchange) -> ended.await())) {
            Cluster cluster = Cluster.of(config(silent.url()));
            List<CompletableFuture<Answer>> underWay = new ArrayList<>();
            for (int count = 0; count < 50; count++) {
                underWay.add(cluster.send(HEALTH));
            }
            Waiting.until("some requests are there", () -> silent.seen().size() > 3);

            cluster.close();

            for (CompletableFuture<Answer> each : underWay) {
                assertThatThrownBy(() -> each.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
            }
            assertThatThrownBy(() -> cluster.call(HEALTH)).hasMessage("the connections to the cluster were closed");
        } finally {
            ended.countDown();
        }
    }

    @Test
    void cancellingGivesTheConnectionUp() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (FakeNode silent = FakeNode.answering((seen, exchange) -> ended.await());
                Cluster cluster = Cluster.of(config(silent.url()))) {
            CompletableFuture<Answer> answer = cluster.send(HEALTH);
            Waiting.until("the request is there", () -> silent.seen().size() == 1);

            assertThat(answer.cancel(true)).isTrue();

            assertThat(answer).isCancelled();
            assertThat(cluster.send(HEALTH)).isNotDone();
        } finally {
            ended.countDown();
        }
    }

    @Test
    void anInterruptedCallerLeavesAndStaysInterrupted() {
        CountDownLatch ended = new CountDownLatch(1);
        try (FakeNode silent = FakeNode.answering((seen, exchange) -> ended.await());
                Cluster cluster = Cluster.of(config(silent.url()))) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> cluster.call(HEALTH))
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessage("Interrupted while waiting for GET /_cluster/health.");
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            ended.countDown();
        }
    }

    @Test
    void credentialsGoWithTheFirstRequest() throws IOException {
        try (FakeNode node = FakeNode.answering(200, "{}");
                Cluster cluster = Cluster.of(ClusterConfig.of(ClusterConfig.SPEC.parse(
                        Map.of("connection.url", node.url() + "/search/", "connection.api.key", "aWQ6a2V5"))))) {
            cluster.call(HEALTH);

            assertThat(node.seen()).singleElement().satisfies(seen -> {
                assertThat(seen.uri()).isEqualTo("/search/_cluster/health");
                assertThat(seen.headers()).containsEntry("authorization", "ApiKey aWQ6a2V5");
            });
        }
    }

    @Test
    void aProxyOfPlainHttpGetsItsLoginWithTheFirstRequest() throws IOException {
        try (FakeNode proxy = FakeNode.answering(200, "{}");
                Cluster cluster = Cluster.of(ClusterConfig.of(ClusterConfig.SPEC.parse(Map.of(
                        "connection.url", "http://es.example:9200",
                        "proxy.host", "127.0.0.1",
                        "proxy.port", String.valueOf(proxy.port()),
                        "proxy.username", "u",
                        "proxy.password", "s"))))) {
            assertThat(cluster.call(HEALTH).status()).isEqualTo(200);

            assertThat(proxy.seen()).singleElement().satisfies(seen -> {
                assertThat(seen.uri()).isEqualTo("http://es.example:9200/_cluster/health");
                assertThat(seen.headers()).containsEntry("proxy-authorization", "Basic dTpz");
            });
        }
    }

    @Test
    void redirectsAreAnswers() throws IOException {
        try (FakeNode other = FakeNode.answering(200, "");
                FakeNode node = FakeNode.answering((seen, exchange) -> {
                    exchange.getResponseHeaders().set("Location", other.url() + "/");
                    FakeNode.reply(exchange, 301, "");
                });
                Cluster cluster = Cluster.of(config(node.url()))) {
            assertThat(cluster.call(HEALTH).status()).isEqualTo(301);
            assertThat(other.seen()).isEmpty();
        }
    }

    private static ClusterConfig config(String... urls) {
        return ClusterConfig.at(urls).within(Duration.ofSeconds(5), Duration.ofSeconds(20));
    }

    private static ClusterConfig config(boolean compressed, String url) {
        return ClusterConfig.of(ClusterConfig.SPEC.parse(
                Map.of("connection.url", url, "connection.compression", String.valueOf(compressed))));
    }
}
