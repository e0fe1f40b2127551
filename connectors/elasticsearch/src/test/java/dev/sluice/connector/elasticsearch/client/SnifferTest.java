package dev.sluice.connector.elasticsearch.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SnifferTest {
    private final AtomicLong now = new AtomicLong(-7);
    private final Sniffer sniffer = new Sniffer("https", now::get);

    @Test
    void isDueAtOnceAndThenEveryFiveMinutes() {
        assertThat(sniffer.isDue()).isTrue();
        assertThat(sniffer.isDue()).isFalse();

        now.addAndGet(Duration.ofMinutes(5).toNanos() - 1);
        assertThat(sniffer.isDue()).isFalse();

        now.addAndGet(1);
        assertThat(sniffer.isDue()).isTrue();
    }

    @Test
    void readsNodesAndLeavesOutThoseThatOnlyLead() {
        String body = """
            {"nodes":{
              "a":{"roles":["data","master"],"http":{"publish_address":"10.0.0.1:9200"}},
              "b":{"roles":["master"],"http":{"publish_address":"10.0.0.2:9200"}},
              "c":{"roles":["data_hot"],"http":{"publish_address":"es3/10.0.0.3:9201"}},
              "d":{"roles":[],"http":{"publish_address":"[::1]:9200"}},
              "e":{"roles":["data"]}}}\
            """;

        assertThat(sniffer.nodes(answer(200, body)))
                .extracting(NodeAddress::url)
                .containsExactlyInAnyOrder("https://10.0.0.1:9200", "https://es3:9201", "https://[::1]:9200");
    }

    @Test
    void aRefusalKeepsTheNodesThatAreKnown() {
        assertThat(sniffer.nodes(answer(403, "{\"error\":{}}"))).isEmpty();
        assertThat(sniffer.nodes(answer(200, "no JSON"))).isEmpty();
    }

    @Test
    void aNodeThatWasFoundIsUsed() throws IOException {
        try (FakeNode found = FakeNode.answering(200, "found");
                FakeNode known = FakeNode.answering((seen, exchange) -> FakeNode.reply(
                        exchange,
                        200,
                        seen.uri().startsWith("/_nodes/http")
                                ? "{\"nodes\":{\"a\":{\"roles\":[\"data\"],\"http\":{\"publish_address\":\"127.0.0.1:"
                                        + found.port() + "\"}}}}"
                                : "known"));
                Cluster cluster = Cluster.of(ClusterConfig.of(ClusterConfig.SPEC.parse(
                        Map.of("connection.url", known.url(), "connection.sniffing", "true"))))) {
            Waiting.until(
                    "the other node answers",
                    () -> cluster.call(Request.of("GET", "/")).text().equals("found"));

            assertThat(known.seen())
                    .filteredOn(seen -> seen.uri().startsWith("/_nodes"))
                    .hasSize(1);
        }
    }

    private static Answer answer(int status, String body) {
        return new Answer(status, body.getBytes(StandardCharsets.UTF_8), null);
    }
}
