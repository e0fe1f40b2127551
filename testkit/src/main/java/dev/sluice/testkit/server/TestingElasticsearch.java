package dev.sluice.testkit.server;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.testkit.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real Elasticsearch, or a server like it.
 *
 * <pre>{@code
 * TestingElasticsearch server = TestingElasticsearch.shared();
 * String index = server.freshIndex();
 * Map<String, String> settings = Map.of("connection.url", server.url(), …);
 * …
 * assertThat(server.documents(index)).extracting(StoredDocument::id).containsExactly("1", "2");
 * }</pre>
 *
 * <p>{@link #shared()} is one for all tests of the JVM. {@link #start} and {@link #setup} start a server of one test with
 * settings of its own, always as a child process, so that the test may {@link #kill()} it; that takes about ten seconds.
 *
 * <p>Requests of this class throw an {@link IllegalStateException} that says what the server answered where that is an error;
 * {@link #call} returns errors too. May be used from any thread.
 */
public final class TestingElasticsearch implements TestingServer {
    static final String SERVER = "server";
    static final String CLIENT = "client";

    private static final Map<ElasticsearchKind, SharedServer<TestingElasticsearch>> SHARED =
            new EnumMap<>(ElasticsearchKind.class);
    private static final AtomicInteger INDICES = new AtomicInteger();
    private static final Duration READY = Duration.ofMinutes(3);
    private static final int PAGE = 1_000;

    static {
        for (ElasticsearchKind kind : ElasticsearchKind.values()) {
            SHARED.put(
                    kind,
                    new SharedServer<>(
                            kind.toString(),
                            () -> ElasticsearchContainer.start(kind),
                            () -> started(new ElasticsearchSetup(kind))));
        }
    }

    private final ServerPlace place;
    private final ElasticsearchKind kind;
    private final ElasticsearchHttp http;
    private final RunningElasticsearch running;

    TestingElasticsearch(
            ServerPlace place, ElasticsearchKind kind, ElasticsearchHttp http, RunningElasticsearch running) {
        this.place = place;
        this.kind = kind;
        this.http = http;
        this.running = running;
        awaitReady();
    }

    /** Returns the Elasticsearch 8 that all tests of the JVM share; starts it at the first call. */
    public static TestingElasticsearch shared() {
        return shared(ElasticsearchKind.ELASTICSEARCH_8);
    }

    /** Returns the server of a kind that all tests of the JVM share; starts it at the first call. */
    public static TestingElasticsearch shared(ElasticsearchKind kind) {
        return sharedServer(kind).get();
    }

    static SharedServer<TestingElasticsearch> sharedServer(ElasticsearchKind kind) {
        return Objects.requireNonNull(SHARED.get(kind), "every kind has one");
    }

    /** Starts an Elasticsearch 8 of one test with settings, each {@code name=value}. */
    public static TestingElasticsearch start(String... settings) {
        return setup().settings(settings).start();
    }

    /** Prepares an Elasticsearch 8 of one test. */
    public static ElasticsearchSetup setup() {
        return setup(ElasticsearchKind.ELASTICSEARCH_8);
    }

    /** Prepares a server of one test. */
    public static ElasticsearchSetup setup(ElasticsearchKind kind) {
        return new ElasticsearchSetup(kind);
    }

    static TestingElasticsearch started(ElasticsearchSetup setup) {
        try {
            Path folder = Files.createTempDirectory("sluice-elasticsearch");
            RunningNode node = new RunningNode(folder, ElasticsearchNode.start(setup, folder));
            return new TestingElasticsearch(ServerPlace.EMBEDDED, setup.kind(), http(setup, node), node);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot make a folder for an Elasticsearch.", failed);
        }
    }

    private static ElasticsearchHttp http(ElasticsearchSetup setup, RunningNode node) {
        String authorization = setup.firstUser().map(ElasticsearchUser::basic).orElse(null);
        if (!setup.usesTls()) {
            return new ElasticsearchHttp("http://127.0.0.1:" + node.port(), authorization, null);
        }
        TestingCertificate client = TestingCertificate.in(node.config(), CLIENT);
        return new ElasticsearchHttp(
                "https://127.0.0.1:" + node.port(),
                authorization,
                TestingCertificate.in(node.config(), SERVER).socketsShowing(client));
    }

    private void awaitReady() {
        Waiting.until(kind + " is ready", READY, () -> {
            try {
                return call("GET", "/_cluster/health?wait_for_status=yellow&timeout=5s", null)
                                .status()
                        == 200;
            } catch (UncheckedIOException notYet) {
                return false;
            }
        });
    }

    @Override
    public ServerPlace place() {
        return place;
    }

    /** Returns what it is. */
    public ElasticsearchKind kind() {
        return kind;
    }

    /** Returns the address, {@code http://host:port}; the same after a {@link #restart}. */
    public String url() {
        return http.url();
    }

    /** Returns the server's certificate, if {@link ElasticsearchSetup#tls()} was asked for. */
    public TestingCertificate certificate() {
        return TestingCertificate.in(running.config(), SERVER);
    }

    /** Returns a certificate that the server lets in; see {@link ElasticsearchSetup#tlsWithClientCertificates()}. */
    public TestingCertificate clientCertificate() {
        return TestingCertificate.in(running.config(), CLIENT);
    }

    /** Returns the name of an index that does not exist. */
    public String freshIndex() {
        return freshIndex("test");
    }

    /** Returns the name of an index that does not exist, beginning with a prefix. */
    public String freshIndex(String prefix) {
        return prefix + "-" + ProcessHandle.current().pid() + "-" + INDICES.incrementAndGet();
    }

    /** Asks for something: {@code get("/_cluster/health")}. */
    public JsonNode get(String path) {
        return done("GET", path, null);
    }

    /** Posts JSON, or bulk lines. */
    public JsonNode post(String path, String body) {
        return done("POST", path, body);
    }

    /** Puts JSON: {@code put("/orders", "{\"mappings\": …}")}. */
    public JsonNode put(String path, String body) {
        return done("PUT", path, body);
    }

    /** Deletes something: {@code delete("/orders")}. */
    public JsonNode delete(String path) {
        return done("DELETE", path, null);
    }

    private JsonNode done(String method, String path, @Nullable String body) {
        ElasticsearchAnswer answer = call(method, path, body);
        if (answer.status() >= 400) {
            throw new IllegalStateException(
                    method + " " + path + " on " + kind + " answered " + answer.status() + ": " + answer.body());
        }
        return answer.body();
    }

    /**
     * Sends any request.
     *
     * @param body JSON or bulk lines; null for none
     * @return the answer, an error too
     * @throws UncheckedIOException if none came
     */
    public ElasticsearchAnswer call(String method, String path, @Nullable String body) {
        try {
            return http.call(method, path, body);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot send " + method + " " + path + " to " + url() + ".", failed);
        }
    }

    /** Sends bulk lines, each with or without its line end, and expects that every item was taken. */
    public JsonNode bulk(String... lines) {
        JsonNode answer = post("/_bulk", String.join("\n", List.of(lines)).stripTrailing() + "\n");
        if (answer.path("errors").asBoolean()) {
            throw new IllegalStateException("The bulk request has failed items: " + answer);
        }
        return answer;
    }

    /** Stores a document under an id. */
    public JsonNode index(String index, String id, String json) {
        String path = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
        return put("/" + index + "/_doc/" + path, json);
    }

    /** Makes all that was written to an index visible to searches. */
    public void refresh(String index) {
        JsonNode refreshed = post("/" + index + "/_refresh", "");
        assert refreshed.path("_shards").path("failed").asInt() == 0;
    }

    /** Returns how many documents an index has; all that was written counts. */
    public long count(String index) {
        refresh(index);
        return get("/" + index + "/_count").path("count").asLong();
    }

    /** Returns the documents of an index, by id; all that was written is among them. */
    public List<StoredDocument> documents(String index) {
        refresh(index);
        List<StoredDocument> documents = new ArrayList<>();
        JsonNode page = post(
                "/" + index + "/_search?scroll=1m",
                "{\"size\": " + PAGE + ", \"version\": true, \"seq_no_primary_term\": true, \"sort\": [\"_doc\"]}");
        while (!page.at("/hits/hits").isEmpty()) {
            page.at("/hits/hits").forEach(hit -> documents.add(document(hit)));
            page = post("/_search/scroll", "{\"scroll\": \"1m\", \"scroll_id\": " + page.path("_scroll_id") + "}");
        }
        JsonNode freed = done("DELETE", "/_search/scroll", "{\"scroll_id\": " + page.path("_scroll_id") + "}");
        assert freed.path("succeeded").asBoolean();
        documents.sort(Comparator.comparing(StoredDocument::id).thenComparing(StoredDocument::index));
        return documents;
    }

    private static StoredDocument document(JsonNode hit) {
        JsonNode source = hit.path("_source");
        return new StoredDocument(
                hit.path("_index").asText(),
                hit.path("_id").asText(),
                hit.path("_version").asLong(),
                hit.path("_seq_no").asLong(),
                hit.hasNonNull("_routing") ? hit.path("_routing").asText() : null,
                ElasticsearchHttp.JSON.convertValue(source, new TypeReference<>() {}),
                source);
    }

    /**
     * Ends the server at once, as {@code kill -9} does, and keeps its data. Not for a shared server: other tests use it.
     */
    public void kill() {
        running.kill();
    }

    /** Starts the server again after a {@link #kill}, with its data, at its port, and waits until it is ready. */
    public void restart() {
        running.restart();
        awaitReady();
    }

    /** Ends the server and deletes its data; a shared one ends with the JVM. */
    @Override
    public void close() {
        running.end();
    }
}
