package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.testkit.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** REST of a real process, in the shapes of Kafka Connect. */
final class RestIT {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    @TempDir
    Path temporary;

    private WorkFolder folder;
    private RunningWorker worker;

    @BeforeEach
    void startTwoConnectors() throws Exception {
        folder = new WorkFolder(temporary);
        folder.write("in.txt", "one");
        folder.source("source", "in.txt", "t");
        folder.sink("sink", "t", "out.txt");
        worker = folder.start("source", "sink");
        Waiting.until("the line arrived", () -> folder.content("out.txt").equals("one\n"));
    }

    @AfterEach
    void endProcesses() {
        folder.close();
    }

    @Test
    void answersTheFirstEndpoints() {
        JsonNode root = get("/", OK);
        assertThat(root.path("version").asText()).isNotEmpty();
        assertThat(root.path("commit").asText()).isNotEmpty();
        assertThat(root.path("kafka_cluster_id").asText()).isNotEmpty();

        assertThat(get("/connectors", OK)).map(JsonNode::asText).containsExactlyInAnyOrder("sink", "source");

        JsonNode info = get("/connectors/source", OK);
        assertThat(info.path("name").asText()).isEqualTo("source");
        assertThat(info.path("type").asText()).isEqualTo("source");
        assertThat(info.path("config")).isEqualTo(get("/connectors/source/config", OK));
        assertThat(info.at("/config/file").asText()).isEqualTo("in.txt");
        assertThat(info.path("tasks")).hasToString("[{\"connector\":\"source\",\"task\":0}]");

        JsonNode status = worker.awaitTask("sink", "RUNNING");
        assertThat(status.path("name").asText()).isEqualTo("sink");
        assertThat(status.path("type").asText()).isEqualTo("sink");
        assertThat(status.at("/connector/state").asText()).isEqualTo("RUNNING");
        assertThat(status.at("/tasks/0/worker_id").asText()).isNotEmpty();

        assertThat(get("/connector-plugins", OK))
                .map(plugin -> plugin.path("class").asText())
                .contains(
                        "dev.sluice.connector.file.FileStreamSourceConnector",
                        "dev.sluice.connector.file.FileStreamSinkConnector");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/connectors/none", "/connectors/none/status", "/connectors/none/config"})
    void saysWhatIsNotThere(String path) {
        JsonNode body = get(path, NOT_FOUND);

        assertThat(body.path("error_code").asInt()).isEqualTo(NOT_FOUND);
        assertThat(body.path("message").asText()).contains(path.startsWith("/connectors/") ? "none" : "Not Found");
    }

    @Test
    void aTaskThatFailsSaysWhatToDoWhileTheOthersGoOn() throws Exception {
        Files.delete(folder.file("in.txt"));
        Files.createDirectory(folder.file("in.txt"));

        JsonNode failed = worker.awaitTask("source", "FAILED");

        String trace = failed.at("/tasks/0/trace").asText();
        assertThat(trace.lines().findFirst().orElse(""))
                .startsWith("Cannot read lines from in.txt: it is a directory")
                .contains("connector=source", "task=0");
        assertThat(worker.awaitTask("sink", "RUNNING").path("tasks")).hasSize(1);
        worker.awaitLine("source is FAILED (the log has the reason)");
        assertThat(worker.stop().exitCode()).as(worker.output()).isZero();
    }

    private JsonNode get(String path, int code) {
        RunningWorker.Answer answer = worker.get(path);
        assertThat(answer.code()).as(path + " " + answer.json()).isEqualTo(code);
        return answer.json();
    }
}
