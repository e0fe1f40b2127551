package dev.sluice.runtime.rest;

import static dev.sluice.runtime.rest.FakeConnectors.connector;
import static dev.sluice.runtime.rest.FakeConnectors.running;
import static dev.sluice.runtime.rest.FakeConnectors.state;
import static dev.sluice.runtime.rest.FakeConnectors.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.error.ErrorCategory;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.SluiceVersion;
import dev.sluice.runtime.control.Recovery;
import dev.sluice.runtime.control.RunState;
import dev.sluice.runtime.control.StatusView;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is looked at, and what holds for every route. */
final class RestServerIT {
    private static final String FAILED = flow("FAILED");

    private static TestingRest rest;

    @BeforeAll
    static void serve() {
        rest = TestingRest.serving(Map.of());
    }

    @BeforeEach
    void forget() {
        rest.connectors.forget();
    }

    @AfterAll
    static void stop() {
        rest.close();
    }

    @Test
    void saysWhichWorkerAnswers() throws Exception {
        assertThat(rest.get("/").body())
                .isEqualTo("{\"version\":\"" + SluiceVersion.current()
                        + "\",\"commit\":\"unknown\",\"kafka_cluster_id\":\"cluster-1\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/connectors", "/connectors/"})
    void listsNames(String path) throws Exception {
        rest.connectors.put(connector("a", PluginKind.SINK, running()));
        rest.connectors.put(connector("b", PluginKind.SOURCE, running()));

        HttpResponse<String> answer = rest.get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).isEqualTo("[\"a\",\"b\"]");
    }

    @Test
    void showsInfo() throws Exception {
        rest.connectors.put(connector("a", PluginKind.SINK, running(), task(0, running()), task(1, running())));

        assertThat(rest.get("/connectors/a").body())
                .isEqualTo("{\"name\":\"a\",\"config\":{\"name\":\"a\"},\"tasks\":[{\"connector\":\"a\",\"task\":0},"
                        + "{\"connector\":\"a\",\"task\":1}],\"type\":\"sink\"}");
        assertThat(rest.get("/connectors/a/config").body()).isEqualTo("{\"name\":\"a\"}");
        assertThat(rest.get("/connectors/a/tasks").body())
                .isEqualTo("[{\"id\":{\"connector\":\"a\",\"task\":0},\"config\":{\"task.class\":\"a.Task\"}},"
                        + "{\"id\":{\"connector\":\"a\",\"task\":1},\"config\":{\"task.class\":\"a.Task\"}}]");
    }

    @Test
    void showsStatusWithTraceAndVersionOnlyWhereThereAre() throws Exception {
        rest.connectors.put(
                connector("a", PluginKind.SOURCE, running(), task(0, state(RunState.FAILED, "Cannot read.\n at X"))));

        assertThat(rest.get("/connectors/a/status").body())
                .isEqualTo("{\"name\":\"a\",\"connector\":{\"state\":\"RUNNING\",\"worker_id\":\"127.0.0.1:8083\","
                        + "\"version\":\"1.2\"},\"tasks\":[{\"id\":0,\"state\":\"FAILED\",\"worker_id\":\"127.0.0.1:8083\","
                        + "\"trace\":\"Cannot read.\\n at X\"," + FAILED + "}],\"type\":\"source\"," + FAILED + "}");
        assertThat(rest.get("/connectors/a/tasks/0/status").body())
                .isEqualTo("{\"id\":0,\"state\":\"FAILED\",\"worker_id\":\"127.0.0.1:8083\","
                        + "\"trace\":\"Cannot read.\\n at X\"," + FAILED + "}");
    }

    @Test
    void showsWhenWhatFailedStartsAgain() throws Exception {
        StatusView failed = new StatusView(
                RunState.FAILED,
                FakeConnectors.WORKER,
                "",
                "Cannot write.",
                new Recovery(2, 0, ErrorCategory.RETRIABLE, "orders-3@1042", 1_000));
        rest.connectors.put(connector("a", PluginKind.SINK, running(), task(0, failed)));

        assertThat(rest.get("/connectors/a/status").body())
                .contains("\"trace\":\"Cannot write.\",\"restart\":{\"restarts\":2,\"nextAt\":\"1970-01-01T00:00:01Z\","
                        + "\"category\":\"RETRIABLE\",\"record\":\"orders-3@1042\"}");
    }

    @Test
    void expandsWhatIsAskedForAndIgnoresTheRest() throws Exception {
        rest.connectors.put(connector("a", PluginKind.SINK, running()));
        String status =
                "\"status\":{\"name\":\"a\",\"connector\":{\"state\":\"RUNNING\",\"worker_id\":\"127.0.0.1:8083\","
                        + "\"version\":\"1.2\"},\"tasks\":[],\"type\":\"sink\"," + flow("FLOWING") + "}";
        String info = "\"info\":{\"name\":\"a\",\"config\":{\"name\":\"a\"},\"tasks\":[],\"type\":\"sink\"}";

        assertThat(rest.get("/connectors?expand=status&expand=info").body())
                .isEqualTo("{\"a\":{" + status + "," + info + "}}");
        assertThat(rest.get("/connectors?expand=info").body()).isEqualTo("{\"a\":{" + info + "}}");
        assertThat(rest.get("/connectors?expand=weather").body()).isEqualTo("{\"a\":{}}");
    }

    @ParameterizedTest
    @CsvSource({"a b, a%20b", "a+b, a+b", "größe, gr%C3%B6%C3%9Fe", "100%, 100%25", "a/b, a%2Fb", "a?b, a%3Fb"})
    void namesMayHoldAnyCharacter(String name, String encoded) throws Exception {
        rest.connectors.put(connector(name, PluginKind.SINK, running()));

        assertThat(rest.get("/connectors/" + encoded + "/config").body()).isEqualTo("{\"name\":\"" + name + "\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "/connectors/x, Connector x not found",
        "/connectors/x/config, Connector x not found",
        "/connectors/x/config/history, Connector x not found",
        "/connectors/x/tasks, Connector x not found",
        "/connectors/x/topics, Connector x not found",
        "/connectors/x%2Fy, Connector x/y not found",
        "/connectors/x%20y/status, No status found for connector x y",
        "/connectors/a/tasks/7/status, No status found for task a-7",
        "/connectors/x/tasks/0/status, No status found for task x-0",
        "/connectors/a/tasks/one/status, No status found for task a-one",
        "/nothing, HTTP 404 Not Found",
        "/connectors/a/weather, HTTP 404 Not Found",
        "/health/weather, HTTP 404 Not Found"
    })
    void whatIsNotThereIsAnsweredWith404(String path, String message) throws Exception {
        rest.connectors.put(connector("a", PluginKind.SINK, running()));

        HttpResponse<String> answer = rest.get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"error_code\":404,\"message\":\"" + message + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/connectors/%zz", "/connectors/%", "/connectors?expand=%zz"})
    void anAddressThatCannotBeDecodedIsAMistake(String path) throws Exception {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains("{\"error_code\":400,\"message\":\"HTTP 400 Bad Request\"");
    }

    /** Sends what a client library would not. */
    private static String raw(String request) throws IOException {
        URI address = rest.uri("/");
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void whatKafkaConnectTookAwayNamesItsReplacement() throws Exception {
        HttpResponse<String> answer = rest.get("/connectors/a/tasks-config");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("\"fix\":\"Use GET /connectors/a/tasks.\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT|/connectors|GET,HEAD,OPTIONS,POST",
                "PATCH|/connectors/|GET,HEAD,OPTIONS,POST",
                "GET|/connectors/a/pause|OPTIONS,PUT",
                "POST|/connectors/a%20b/config|GET,HEAD,OPTIONS,PATCH,PUT",
                "DELETE|/|GET,HEAD,OPTIONS"
            })
    void aMethodThatIsNotSupportedIsAnsweredWithThoseThatAre(String method, String path, String allowed)
            throws Exception {
        HttpResponse<String> answer = rest.send(method, path);

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains(allowed);
        assertThat(answer.body()).startsWith("{\"error_code\":405,\"message\":\"HTTP 405 Method Not Allowed\"");
    }

    @Test
    void optionsAreAnsweredWithTheMethods() throws Exception {
        HttpResponse<String> answer = rest.send("OPTIONS", "/connectors/a/pause");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Allow")).contains("OPTIONS,PUT");
    }

    @Test
    void anAnswerOtherThanJsonIsNotAcceptable() throws Exception {
        HttpResponse<String> answer = rest.send(rest.request("/connectors").header("Accept", "text/html"));

        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(answer.body()).isEqualTo("{\"error_code\":406,\"message\":\"HTTP 406 Not Acceptable\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "*/*", "application/*", "text/html, application/json;q=0.1"})
    void jsonIsAcceptedInItsManyWritings(String accept) throws Exception {
        assertThat(rest.send(rest.request("/connectors").header("Accept", accept))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void headIsAnsweredLikeGetWithoutABody() throws Exception {
        HttpResponse<String> answer = rest.send("HEAD", "/connectors");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Length")).contains("2");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void listsConnectorPluginsAndWithTheQueryTheOthers() throws Exception {
        String connectors = "{\"class\":\"a.FileSink\",\"type\":\"sink\",\"version\":\"1.2\"},"
                + "{\"class\":\"a.FileSource\",\"type\":\"source\"}";

        assertThat(rest.get("/connector-plugins/").body()).isEqualTo("[" + connectors + "]");
        assertThat(rest.get("/connector-plugins?connectorsOnly=true").body()).isEqualTo("[" + connectors + "]");
        assertThat(rest.get("/connector-plugins?connectorsOnly=false").body())
                .isEqualTo("[" + connectors + ",{\"class\":\"a.Mask\",\"type\":\"transformation\",\"version\":\"1\"},"
                        + "{\"class\":\"a.Has\",\"type\":\"predicate\",\"version\":\"1\"},"
                        + "{\"class\":\"a.Json\",\"type\":\"converter\",\"version\":\"1\"},"
                        + "{\"class\":\"a.Simple\",\"type\":\"header_converter\",\"version\":\"1\"}]");
    }

    @Test
    void metricsAreText() throws Exception {
        HttpResponse<String> answer = rest.get("/metrics");

        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body()).isEqualTo("sluice_up 1\n");
    }

    @Test
    void aFaultIsAnsweredWithoutItsInnards() throws Exception {
        rest.connectors.answerWith(CompletableFuture.failedFuture(new IllegalStateException("secret detail")));

        HttpResponse<String> answer = rest.send("PUT", "/connectors/a/pause");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .isEqualTo("{\"error_code\":500,\"message\":\"The request failed inside the worker; its log has the"
                        + " reason.\"}");
    }

    @Test
    void aPortInUseIsSaidToBe() throws IOException {
        Vertx vertx = Vertx.vertx();
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI taken = URI.create("http://127.0.0.1:" + other.getLocalPort());
            var config = TestingRest.config(Map.of("listeners", "http://127.0.0.1:0," + taken));

            assertThatThrownBy(() -> RestServer.listen(vertx, config))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("Cannot listen on " + taken + " for REST: another process listens there. Stop that"
                            + " process, or set listeners to another address, such as http://127.0.0.1:8084.");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void aHostThatIsNotKnownIsSaidToBe() {
        Vertx vertx = Vertx.vertx();
        String unknown = "http://no-such-host.invalid:8083";
        var config = TestingRest.config(Map.of("listeners", unknown));
        try {
            assertThatThrownBy(() -> RestServer.listen(vertx, config))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("Cannot listen on " + unknown + " for REST: the host is not known. Correct the host, or"
                            + " set listeners to another address, such as http://127.0.0.1:8084.");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static String flow(String verdict) {
        return "\"flow\":{\"verdict\":\"" + verdict + "\",\"since\":\"2026-08-01T12:00:00Z\",\"reason\":\"A reason.\","
                + "\"nextAction\":\"An action.\",\"lagRecords\":7,\"lagMillis\":300,"
                + "\"lastReadAt\":\"2026-08-01T12:00:00Z\",\"lastWriteAt\":\"2026-08-01T12:00:00Z\"}";
    }
}
