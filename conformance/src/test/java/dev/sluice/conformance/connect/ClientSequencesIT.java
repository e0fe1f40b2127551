package dev.sluice.conformance.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.testkit.Waiting;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What tools for Kafka Connect send while somebody works with them, request by request, with their headers and their slashes; each
 * test checks what the tool looks at in the answer.
 */
@Timeout(120)
final class ClientSequencesIT {
    private static final Map<String, String> JSON = Map.of("Accept", "application/json");
    private static final String SOURCE_CLASS = "org.apache.kafka.connect.file.FileStreamSourceConnector";

    @TempDir
    static Path folder;

    private static @Nullable SluiceWorker worker;
    private static Caller caller = new Caller(URI.create("http://127.0.0.1"));

    @BeforeAll
    static void startWorker() throws Exception {
        SluiceWorker started = SluiceWorker.start(folder.toRealPath().resolve("worker"), Map.of());
        worker = started;
        caller = started.caller();
        Files.writeString(folder.resolve("in.txt"), "one\ntwo\n");
    }

    @AfterAll
    static void endWorker() {
        if (worker != null) {
            worker.close();
        }
    }

    /** Commands in the order of its help: info, get, describe, apply, patch, pause, resume, restart, stop, offsets, logging, delete. */
    @Test
    void kcctl() {
        assertThat(ask("GET", "/", 200).path("kafka_cluster_id").asText()).isNotEmpty();
        assertThat(ask("GET", "/connector-plugins?connectorsOnly=false", 200)).isNotEmpty();
        assertThat(ask("GET", "/connector-plugins/FileStreamSource/config", 200))
                .extracting(key -> key.path("name").asText())
                .contains("file", "topic", "batch.size");

        assertThat(ask("GET", "/connectors/", 200)).isEmpty();
        String config = source("kcctl", "");
        JsonNode validated = ask("PUT", "/connector-plugins/FileStreamSource/config/validate", 200, config);
        assertThat(validated.path("error_count").asInt()).isZero();
        ask("POST", "/connectors/", 201, "{\"name\":\"kcctl\",\"config\":" + config + "}");
        assertThat(ask("POST", "/connectors/", 409, "{\"name\":\"kcctl\",\"config\":" + config + "}")
                        .path("message")
                        .asText())
                .isEqualTo("Connector kcctl already exists");
        awaitState("kcctl", "RUNNING");
        ask("PUT", "/connectors/kcctl/config", 200, source("kcctl", ",\"batch.size\":\"50\""));

        JsonNode expanded =
                ask("GET", "/connectors?expand=info&expand=status", 200).path("kcctl");
        assertThat(expanded.at("/info/config/batch.size").asText()).isEqualTo("50");
        assertThat(expanded.at("/status/type").asText()).isEqualTo("source");
        assertThat(ask("GET", "/connectors/kcctl/config", 200).path("name").asText())
                .isEqualTo("kcctl");
        assertThat(ask("GET", "/connectors/kcctl/tasks", 200)).hasSize(1);
        Waiting.until(
                "kcctl's topic is known",
                () -> ask("GET", "/connectors/kcctl/topics", 200)
                        .at("/kcctl/topics")
                        .toString()
                        .equals("[\"kcctl\"]"));

        ask("PUT", "/connectors/kcctl/pause", 202);
        awaitState("kcctl", "PAUSED");
        ask("PUT", "/connectors/kcctl/resume", 202);
        awaitState("kcctl", "RUNNING");
        ask("POST", "/connectors/kcctl/restart?includeTasks=true&onlyFailed=false", 202);
        awaitState("kcctl", "RUNNING");
        ask("POST", "/connectors/kcctl/tasks/0/restart", 204);
        awaitState("kcctl", "RUNNING");

        ask("PUT", "/connectors/kcctl/stop", 204);
        awaitState("kcctl", "STOPPED");
        JsonNode offsets = ask("GET", "/connectors/kcctl/offsets", 200);
        assertThat(offsets.at("/offsets/0/offset/position").asInt()).isEqualTo(8);
        ask("PATCH", "/connectors/kcctl/offsets", 200, offsets.toString());
        ask("DELETE", "/connectors/kcctl/offsets", 200);

        assertThat(ask("GET", "/admin/loggers", 200).has("root")).isTrue();
        assertThat(ask("PUT", "/admin/loggers/kcctl.test?scope=worker", 200, "{\"level\":\"DEBUG\"}")
                        .toString())
                .contains("kcctl.test");
        ask("PUT", "/admin/loggers/kcctl.test?scope=cluster", 204, "{\"level\":\"INFO\"}");

        ask("DELETE", "/connectors/kcctl", 204);
        assertThat(ask("GET", "/connectors/kcctl", 404).path("error_code").asInt())
                .isEqualTo(404);
    }

    /** What the pages of the overview, of a new connector and of a single one send. */
    @Test
    void kafkaConnectUi() {
        assertThat(ask("GET", "/connector-plugins/", 200))
                .extracting(plugin -> plugin.path("type").asText())
                .contains("source", "sink");
        String config = source("ui", "");
        JsonNode validated = ask("PUT", "/connector-plugins/" + SOURCE_CLASS + "/config/validate", 200, config);
        assertThat(validated.path("configs")).allSatisfy(each -> {
            assertThat(each.at("/definition/name").asText()).isNotEmpty();
            assertThat(each.at("/value/errors").isArray()).isTrue();
        });
        ask("POST", "/connectors", 201, "{\"name\":\"ui\",\"config\":" + config + "}");
        awaitState("ui", "RUNNING");

        assertThat(ask("GET", "/connectors", 200)).map(JsonNode::asText).contains("ui");
        assertThat(ask("GET", "/connectors/ui", 200).path("tasks")).hasSize(1);
        assertThat(ask("GET", "/connectors/ui/tasks", 200).at("/0/id/task").asInt(-1))
                .isZero();
        assertThat(ask("GET", "/connectors/ui/tasks/0/status", 200)
                        .path("state")
                        .asText())
                .isEqualTo("RUNNING");

        ask("PUT", "/connectors/ui/config", 200, source("ui", ",\"batch.size\":\"60\""));
        assertThat(ask("GET", "/connectors/ui/config", 200).path("batch.size").asText())
                .isEqualTo("60");
        ask("POST", "/connectors/ui/restart", 204);
        awaitState("ui", "RUNNING");
        ask("POST", "/connectors/ui/tasks/0/restart", 204);
        awaitState("ui", "RUNNING");
        ask("PUT", "/connectors/ui/pause", 202);
        awaitState("ui", "PAUSED");
        ask("PUT", "/connectors/ui/resume", 202);
        awaitState("ui", "RUNNING");
        ask("DELETE", "/connectors/ui", 204);
        assertThat(ask("GET", "/connectors", 200)).map(JsonNode::asText).doesNotContain("ui");
    }

    /** Apply, plan, a changed apply, plan, destroy. A plan reads the config, and any difference from what was sent is a change to it. */
    @Test
    void terraformProvider() {
        String first = source("terraform", ",\"tasks.max\":\"1\"");
        ask("POST", "/connectors", 201, "{\"name\":\"terraform\",\"config\":" + first + "}");
        assertThat(ask("GET", "/connectors/terraform", 200).path("config")).isEqualTo(Json.body(first));
        assertThat(ask("GET", "/connectors/terraform/status", 200).path("name").asText())
                .isEqualTo("terraform");

        String second = source("terraform", ",\"tasks.max\":\"2\"");
        ask("PUT", "/connectors/terraform/config", 200, second);
        assertThat(ask("GET", "/connectors/terraform", 200).path("config")).isEqualTo(Json.body(second));

        ask("DELETE", "/connectors/terraform", 204);
        ask("GET", "/connectors/terraform", 404);
    }

    /** As {@code curl -X … -H 'Content-Type: application/json' --data @file}: any answer will do, and the status is a code. */
    @ParameterizedTest
    @ValueSource(strings = {"curl", "curl with blanks"})
    void curlScripts(String name) {
        Map<String, String> anything = Map.of("Accept", "*/*");
        String path = "/connectors/" + name.replace(" ", "%20");
        assertThat(caller.send("PUT", path + "/config", anything, source(name, ""))
                        .status())
                .isEqualTo(201);
        assertThat(caller.send("PUT", path + "/config", anything, source(name, ""))
                        .status())
                .isEqualTo(200);
        awaitState(name, "RUNNING");
        assertThat(caller.send("GET", path + "/status", anything, null).body().toString())
                .contains("\"state\":\"RUNNING\"")
                .doesNotContain("FAILED");
        assertThat(caller.send("POST", path + "/restart?includeTasks=true&onlyFailed=true", anything, null)
                        .status())
                .isEqualTo(202);
        assertThat(caller.send("PUT", path + "/stop", anything, null).status()).isEqualTo(204);
        awaitState(name, "STOPPED");
        assertThat(caller.send("DELETE", path + "/offsets", anything, null).status())
                .isEqualTo(200);
        assertThat(caller.send("DELETE", path, anything, null).status()).isEqualTo(204);
        assertThat(caller.send("GET", path + "/status", anything, null).status())
                .isEqualTo(404);
    }

    private static String source(String name, String more) {
        String topic = name.replace(' ', '-');
        return "{\"name\":\"" + name + "\",\"connector.class\":\"" + SOURCE_CLASS + "\",\"file\":\""
                + folder.resolve("in.txt") + "\",\"topic\":\"" + topic + "\"" + more + "}";
    }

    private static JsonNode ask(String method, String path, int status) {
        return ask(method, path, status, null);
    }

    private static JsonNode ask(String method, String path, int status, @Nullable String body) {
        Answer answer = caller.send(method, path, JSON, body);
        assertThat(answer.status())
                .as(method + " " + path + " " + answer.body())
                .isEqualTo(status);
        return answer.body();
    }

    private static void awaitState(String name, String state) {
        String path = "/connectors/" + name.replace(" ", "%20") + "/status";
        Waiting.until(name + " is " + state, () -> {
            JsonNode status = caller.get(path).body();
            boolean isThere = status.at("/connector/state").asText().equals(state);
            boolean hasTask = status.at("/tasks/0/state").asText().equals(state);
            return isThere && (state.equals("STOPPED") ? status.path("tasks").isEmpty() : hasTask);
        });
    }
}
