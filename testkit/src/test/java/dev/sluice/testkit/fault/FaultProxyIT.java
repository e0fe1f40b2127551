package dev.sluice.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.server.StoredDocument;
import dev.sluice.testkit.server.TestingElasticsearch;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FaultProxyIT {
    private static final TestingElasticsearch SERVER = TestingElasticsearch.shared();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final String index = SERVER.freshIndex();
    private final FaultProxy proxy = FaultProxy.before(SERVER.url());

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void passesRequestsAndWritesThemDown() throws Exception {
        HttpResponse<String> answer = bulk("1", "2");
        HttpResponse<String> count = send("GET", "/" + index + "/_mapping", "");
        HttpResponse<String> head = send("HEAD", "/" + index, "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(count.body()).contains("\"mappings\"");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(ids()).containsExactly("1", "2");
        assertThat(proxy.requests())
                .extracting(SeenRequest::number, SeenRequest::method, SeenRequest::status, SeenRequest::fault)
                .containsExactly(
                        tuple(0, "POST", 200, "none"), tuple(1, "GET", 200, "none"), tuple(2, "HEAD", 200, "none"));
        assertThat(proxy.bulks().get(0).items())
                .extracting(SeenItem::op, SeenItem::index, SeenItem::id, SeenItem::status)
                .containsExactly(tuple("index", index, "1", 201), tuple("index", index, "2", 201));
    }

    @Test
    void refusesSomeItemsInTheOrderOfTheRequest() throws Exception {
        proxy.next(Fault.refuseItems(Refusal.REJECTED, item -> List.of("1", "3").contains(item.id())));

        HttpResponse<String> answer = bulk("1", "2", "3", "4");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"errors\":true", "es_rejected_execution_exception");
        assertThat(proxy.bulks().get(0).items()).extracting(SeenItem::status).containsExactly(429, 201, 429, 201);
        assertThat(ids()).containsExactly("2", "4");
    }

    @Test
    void refusesAllItemsWithoutAskingTheServer() throws Exception {
        proxy.next(Fault.refuseAll(Refusal.DISK_FULL));
        assertThat(bulk("1").body()).contains("cluster_block_exception", "index [" + index + "] blocked by");
        assertThat(bulk("2").statusCode()).isEqualTo(200);
        assertThat(ids()).containsExactly("2");
    }

    @Test
    void refusesWholeRequests() throws Exception {
        proxy.next(Fault.status(429), Fault.status(503, Duration.ofSeconds(2)), Fault.tooLargeOver(10));

        assertThat(bulk("1").statusCode()).isEqualTo(429);
        HttpResponse<String> unavailable = bulk("1");
        assertThat(unavailable.statusCode()).isEqualTo(503);
        assertThat(unavailable.headers().firstValue("retry-after")).contains("2");
        HttpResponse<String> tooLarge = bulk("1");
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(tooLarge.body()).isEmpty();
        assertThat(bulk("2").statusCode()).isEqualTo(200);
        assertThat(ids()).containsExactly("2");
    }

    @Test
    void executesTwice() throws Exception {
        proxy.next(Fault.twice());
        assertThat(bulk("1").body()).contains("\"result\":\"updated\"");
        assertThat(SERVER.documents(index)).extracting(StoredDocument::version).containsExactly(2L);
    }

    @Test
    void breaksConnectionsBeforeAndAfterTheRequestIsExecuted() throws Exception {
        proxy.next(Fault.resetBefore(), Fault.resetAfter(), Fault.cutAnswer());

        assertThatThrownBy(() -> bulk("1")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> bulk("2")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> bulk("3")).isInstanceOf(IOException.class);
        assertThat(bulk("4").statusCode()).isEqualTo(200);

        assertThat(ids()).containsExactly("2", "3", "4");
        assertThat(proxy.bulks()).extracting(SeenRequest::status).containsExactly(0, 0, 0, 200);
    }

    @Test
    void executesARequestThatTheClientGaveUp() throws Exception {
        Gate gate = Gate.closed();
        proxy.next(Fault.holdRequest(gate));

        assertThatThrownBy(() -> bulk("1")).isInstanceOf(HttpTimeoutException.class);
        SERVER.index(index, "2", "{}");
        assertThat(ids()).containsExactly("2");
        gate.open();
        Waiting.until("the held request is executed", () -> ids().equals(List.of("1", "2")));
    }

    @Test
    void keepsTheAnswerOfARequestThatIsExecuted() throws Exception {
        Gate gate = Gate.closed();
        proxy.next(Fault.holdAnswer(gate));
        CompletableFuture<HttpResponse<String>> answer =
                CLIENT.sendAsync(bulkRequest(Duration.ofMinutes(1), "1"), HttpResponse.BodyHandlers.ofString());
        SERVER.index(index, "0", "{}");
        Waiting.until("the request is executed", () -> ids().equals(List.of("0", "1")));
        assertThat(answer).isNotDone();
        gate.open();
        assertThat(answer.get().statusCode()).isEqualTo(200);
    }

    @Test
    void takesTheNodeDownAndUp() throws Exception {
        assertThat(bulk("1").statusCode()).isEqualTo(200);
        proxy.down();
        // The client may still hold the connection of before, and only then learn that it is cut.
        assertThatThrownBy(() -> bulk("2")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> bulk("2")).as("none is left to hold").isInstanceOf(ConnectException.class);
        proxy.up();
        assertThat(bulk("3").statusCode()).isEqualTo(200);
        assertThat(ids()).containsExactly("1", "3");
    }

    @Test
    void followsARule() throws Exception {
        proxy.rule(exchange -> exchange.target().contains("_mapping") ? Fault.status(503) : Fault.none());
        assertThat(bulk("1").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/" + index + "/_mapping", "").statusCode()).isEqualTo(503);
        proxy.heal();
        assertThat(send("GET", "/" + index + "/_mapping", "").statusCode()).isEqualTo(200);
    }

    @Test
    void rages() throws Exception {
        proxy.rule(Storm.of(7, 1));
        int taken = 0;
        for (int round = 0; round < 60; round++) {
            taken += survives("1", "2", "3", "4") ? 1 : 0;
        }
        proxy.heal();
        assertThat(bulk("1", "2", "3", "4").body()).contains("\"errors\":false");
        assertThat(proxy.bulks()).hasSize(61).extracting(SeenRequest::fault).doesNotContainNull();
        assertThat(proxy.bulks().stream().map(SeenRequest::fault).distinct()).hasSizeGreaterThan(7);
        assertThat(taken).isBetween(1, 59);
    }

    private boolean survives(String... ids) throws InterruptedException {
        try {
            return bulk(ids).body().contains("\"errors\":false");
        } catch (IOException broken) {
            return false;
        }
    }

    private HttpResponse<String> bulk(String... ids) throws IOException, InterruptedException {
        return CLIENT.send(bulkRequest(Duration.ofSeconds(5), ids), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest bulkRequest(Duration limit, String... ids) {
        StringBuilder body = new StringBuilder();
        for (String id : ids) {
            body.append("{\"index\": {\"_index\": \"%s\", \"_id\": \"%s\"}}\n{\"name\": \"%s\"}\n"
                    .formatted(index, id, id));
        }
        return request("POST", "/_bulk", body.toString(), limit);
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return CLIENT.send(request(method, path, body, Duration.ofSeconds(5)), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String path, String body, Duration limit) {
        return HttpRequest.newBuilder(URI.create(proxy.url() + path))
                .timeout(limit)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private List<String> ids() {
        return SERVER.documents(index).stream().map(StoredDocument::id).toList();
    }
}
