package dev.sluice.runtime.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.plugin.PluginDescriptor;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.SluiceVersion;
import dev.sluice.runtime.control.ConnectorView;
import dev.sluice.runtime.control.HerderView;
import dev.sluice.runtime.control.Recovery;
import dev.sluice.runtime.control.RunState;
import dev.sluice.runtime.control.StatusView;
import dev.sluice.runtime.control.TaskView;
import dev.sluice.runtime.store.StoredTarget;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RestServerIT {
    private static final String WORKER = "127.0.0.1:8083";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final List<URI> ANY_PORT = List.of(URI.create("http://127.0.0.1:0"));
    private static final List<PluginDescriptor> PLUGINS = List.of(
            new PluginDescriptor(PluginKind.SINK, "a.FileSink", "1.2", Set.of()),
            new PluginDescriptor(PluginKind.SOURCE, "a.FileSource", "", Set.of()),
            new PluginDescriptor(PluginKind.TRANSFORMATION, "a.Mask", "1", Set.of()),
            new PluginDescriptor(PluginKind.PREDICATE, "a.Has", "1", Set.of()),
            new PluginDescriptor(PluginKind.CONVERTER, "a.Json", "1", Set.of()),
            new PluginDescriptor(PluginKind.HEADER_CONVERTER, "a.Simple", "1", Set.of()),
            new PluginDescriptor(PluginKind.CONFIG_PROVIDER, "a.Env", "1", Set.of()),
            new PluginDescriptor(PluginKind.BRIDGE, "a.Bridge", "1", Set.of()));

    private static Vertx vertx;

    private final AtomicReference<HerderView> view = new AtomicReference<>(worker());
    private RestServer server;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    }

    @AfterAll
    static void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @BeforeEach
    void serve() {
        server = RestServer.listen(vertx, ANY_PORT);
        server.serve(PLUGINS, view::get);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static HerderView worker(ConnectorView... connectors) {
        return new HerderView(WORKER, "cluster-1", List.of(connectors));
    }

    private static ConnectorView connector(String name, PluginKind kind, StatusView status, TaskView... tasks) {
        return new ConnectorView(name, kind, Map.of("name", name), StoredTarget.STARTED, status, List.of(tasks));
    }

    private static StatusView running() {
        return new StatusView(RunState.RUNNING, WORKER, "1.2", null, Recovery.NONE);
    }

    private static TaskView task(int index, StatusView status) {
        return new TaskView(index, status, Map.of("task.class", "a.Task"), 0, 0, 0, Optional.empty());
    }

    @Test
    void saysWhichWorkerAnswers() throws Exception {
        assertThat(get("/").body())
                .isEqualTo("{\"version\":\"" + SluiceVersion.current()
                        + "\",\"commit\":\"unknown\",\"kafka_cluster_id\":\"cluster-1\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/connectors", "/connectors/"})
    void listsNames(String path) throws Exception {
        view.set(worker(connector("a", PluginKind.SINK, running()), connector("b", PluginKind.SOURCE, running())));

        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).isEqualTo("[\"a\",\"b\"]");
    }

    @Test
    void showsInfo() throws Exception {
        view.set(worker(connector("a", PluginKind.SINK, running(), task(0, running()), task(1, running()))));

        assertThat(get("/connectors/a").body())
                .isEqualTo("{\"name\":\"a\",\"config\":{\"name\":\"a\"},\"tasks\":[{\"connector\":\"a\",\"task\":0},"
                        + "{\"connector\":\"a\",\"task\":1}],\"type\":\"sink\"}");
        assertThat(get("/connectors/a/config").body()).isEqualTo("{\"name\":\"a\"}");
        assertThat(get("/connectors/a/tasks").body())
                .isEqualTo("[{\"id\":{\"connector\":\"a\",\"task\":0},\"config\":{\"task.class\":\"a.Task\"}},"
                        + "{\"id\":{\"connector\":\"a\",\"task\":1},\"config\":{\"task.class\":\"a.Task\"}}]");
    }

    @Test
    void showsStatusWithTraceAndVersionOnlyWhereThereAre() throws Exception {
        StatusView failed = new StatusView(RunState.FAILED, WORKER, "", "Cannot read.\n at X", Recovery.NONE);
        view.set(worker(connector("a", PluginKind.SOURCE, running(), task(0, failed))));

        assertThat(get("/connectors/a/status").body())
                .isEqualTo("{\"name\":\"a\",\"connector\":{\"state\":\"RUNNING\",\"worker_id\":\"127.0.0.1:8083\","
                        + "\"version\":\"1.2\"},\"tasks\":[{\"id\":0,\"state\":\"FAILED\",\"worker_id\":\"127.0.0.1:8083\","
                        + "\"trace\":\"Cannot read.\\n at X\"}],\"type\":\"source\"}");
        assertThat(get("/connectors/a/tasks/0/status").body())
                .isEqualTo("{\"id\":0,\"state\":\"FAILED\",\"worker_id\":\"127.0.0.1:8083\","
                        + "\"trace\":\"Cannot read.\\n at X\"}");
    }

    @Test
    void expandsWhatIsAskedForAndIgnoresTheRest() throws Exception {
        view.set(worker(connector("a", PluginKind.SINK, running())));
        String status =
                "\"status\":{\"name\":\"a\",\"connector\":{\"state\":\"RUNNING\",\"worker_id\":\"127.0.0.1:8083\","
                        + "\"version\":\"1.2\"},\"tasks\":[],\"type\":\"sink\"}";
        String info = "\"info\":{\"name\":\"a\",\"config\":{\"name\":\"a\"},\"tasks\":[],\"type\":\"sink\"}";

        assertThat(get("/connectors?expand=status&expand=info").body())
                .isEqualTo("{\"a\":{" + status + "," + info + "}}");
        assertThat(get("/connectors?expand=info").body()).isEqualTo("{\"a\":{" + info + "}}");
        assertThat(get("/connectors?expand=weather").body()).isEqualTo("{\"a\":{}}");
    }

    @ParameterizedTest
    @CsvSource({"a b, a%20b", "a+b, a+b", "größe, gr%C3%B6%C3%9Fe", "100%, 100%25", "a/b, a%2Fb"})
    void namesMayHoldAnyCharacter(String name, String encoded) throws Exception {
        view.set(worker(connector(name, PluginKind.SINK, running())));

        assertThat(get("/connectors/" + encoded + "/config").body()).isEqualTo("{\"name\":\"" + name + "\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "/connectors/x, Connector x not found",
        "/connectors/x/config, Connector x not found",
        "/connectors/x/tasks, Connector x not found",
        "/connectors/x%20y/status, No status found for connector x y",
        "/connectors/a/tasks/7/status, No status found for task a-7",
        "/connectors/a/tasks/one/status, No status found for task a-one",
        "/nothing, HTTP 404 Not Found",
        "/connectors/a/weather, HTTP 404 Not Found"
    })
    void whatIsNotThereIsAnsweredWith404(String path, String message) throws Exception {
        view.set(worker(connector("a", PluginKind.SINK, running())));

        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"error_code\":404,\"message\":\"" + message + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void aMethodThatIsNotSupportedIsAnsweredWith405(String method) throws Exception {
        HttpResponse<String> answer = send(request("/connectors").method(method, HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.body()).isEqualTo("{\"error_code\":405,\"message\":\"HTTP 405 Method Not Allowed\"}");
    }

    @Test
    void anAnswerOtherThanJsonIsNotAcceptable() throws Exception {
        HttpResponse<String> answer = send(request("/connectors").header("Accept", "text/html"));

        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(answer.body()).isEqualTo("{\"error_code\":406,\"message\":\"HTTP 406 Not Acceptable\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "*/*", "application/*", "text/html, application/json;q=0.1"})
    void jsonIsAcceptedInItsManyWritings(String accept) throws Exception {
        assertThat(send(request("/connectors").header("Accept", accept)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void headIsAnsweredLikeGetWithoutABody() throws Exception {
        HttpResponse<String> answer = send(request("/connectors").method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void listsConnectorPluginsAndWithTheQueryTheOthers() throws Exception {
        String connectors = "{\"class\":\"a.FileSink\",\"type\":\"sink\",\"version\":\"1.2\"},"
                + "{\"class\":\"a.FileSource\",\"type\":\"source\"}";

        assertThat(get("/connector-plugins/").body()).isEqualTo("[" + connectors + "]");
        assertThat(get("/connector-plugins?connectorsOnly=false").body())
                .isEqualTo("[" + connectors + ",{\"class\":\"a.Mask\",\"type\":\"transformation\",\"version\":\"1\"},"
                        + "{\"class\":\"a.Has\",\"type\":\"predicate\",\"version\":\"1\"},"
                        + "{\"class\":\"a.Json\",\"type\":\"converter\",\"version\":\"1\"},"
                        + "{\"class\":\"a.Simple\",\"type\":\"header_converter\",\"version\":\"1\"}]");
    }

    @Test
    void aFaultIsAnsweredWithoutItsInnards() throws Exception {
        server.serve(PLUGINS, () -> {
            throw new IllegalStateException("secret detail");
        });

        HttpResponse<String> answer = get("/connectors");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .isEqualTo("{\"error_code\":500,\"message\":\"The request failed inside the worker; its log has the"
                        + " reason.\"}");
    }

    @Test
    void answers503UntilTheWorkerIsThere() throws Exception {
        try (RestServer starting = RestServer.listen(vertx, ANY_PORT)) {
            URI uri = starting.addresses().get(0).resolve("/connectors");

            HttpResponse<String> answer = send(HttpRequest.newBuilder(uri));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("{\"error_code\":503,\"message\":\"The worker is starting.\"}");
        }
    }

    @Test
    void aPortInUseIsSaidToBe() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI taken = URI.create("http://127.0.0.1:" + other.getLocalPort());

            assertThatThrownBy(() -> RestServer.listen(vertx, List.of(ANY_PORT.get(0), taken)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("Cannot listen on " + taken + " for REST: another process listens there. Stop that"
                            + " process, or set listeners to another address, such as http://127.0.0.1:8084.");
        }
    }

    @Test
    void aHostThatIsNotKnownIsSaidToBe() {
        URI unknown = URI.create("http://no-such-host.invalid:8083");

        assertThatThrownBy(() -> RestServer.listen(vertx, List.of(unknown)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Cannot listen on " + unknown + " for REST: the host is not known. Correct the host, or set"
                        + " listeners to another address, such as http://127.0.0.1:8084.");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.addresses().get(0) + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
