package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.testkit.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What REST has acknowledged is there after {@code kill -9}, however soon that comes. */
final class RestKillIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SOURCE = "{\"name\":\"in\",\"config\":{\"connector.class\":\"FileStreamSource\","
            + "\"file\":\"in.txt\",\"topic\":\"t\",\"value.converter\":\"StringConverter\"}}";
    private static final String SINK = "{\"name\":\"out\",\"config\":{\"connector.class\":\"FileStreamSink\","
            + "\"file\":\"out.txt\",\"topics\":\"t\",\"value.converter\":\"StringConverter\"},"
            + "\"initial_state\":\"PAUSED\"}";

    @TempDir
    Path temporary;

    private WorkFolder folder;

    @BeforeEach
    void makeFolder() throws Exception {
        folder = new WorkFolder(temporary);
    }

    @AfterEach
    void endProcesses() {
        folder.close();
    }

    private static JsonNode tell(RunningWorker worker, int code, String method, String path, String body) {
        RunningWorker.Answer answer = worker.send(method, path, body);
        assertThat(answer.code()).as("%s %s: %s", method, path, answer.json()).isEqualTo(code);
        return answer.json();
    }

    private static void awaitState(RunningWorker worker, String connector, String state) {
        Waiting.until(
                connector + " is " + state,
                LIMIT,
                () -> worker.get("/connectors/" + connector + "/status")
                        .json()
                        .at("/connector/state")
                        .asText()
                        .equals(state));
    }

    @Test
    void connectorsTheirStatesAndTheirHistorySurvive() throws Exception {
        folder.write("in.txt", "one");
        RunningWorker worker = folder.start();
        worker.awaitLine("Stop with Ctrl-C.");
        tell(worker, 201, "POST", "/connectors", SOURCE);
        tell(worker, 201, "POST", "/connectors", SINK);
        worker.kill();

        worker = folder.start();
        worker.awaitLine("Stop with Ctrl-C.");
        worker.awaitTask("in", "RUNNING");
        awaitState(worker, "out", "PAUSED");
        tell(worker, 200, "PATCH", "/connectors/in/config", "{\"batch.size\":\"7\"}");
        tell(worker, 202, "PUT", "/connectors/out/resume", "");
        worker.kill();

        worker = folder.start();
        worker.awaitLine("Stop with Ctrl-C.");
        awaitState(worker, "out", "RUNNING");
        // The kill before may have come between the write and the commit of its offset: then the line is there twice.
        Waiting.until("the line arrived", LIMIT, () -> folder.content("out.txt").matches("(one\n){1,2}"));
        assertThat(worker.get("/connectors/in/config").json().path("batch.size").asText())
                .isEqualTo("7");
        assertThat(worker.get("/connectors/in/config/history").json()).hasSize(2);
        tell(worker, 200, "POST", "/connectors/in/config/rollback?version=1", "");
        tell(worker, 204, "DELETE", "/connectors/out", "");
        worker.kill();

        worker = folder.start();
        worker.awaitLine("Stop with Ctrl-C.");
        worker.awaitTask("in", "RUNNING");
        assertThat(worker.get("/connectors").json()).hasToString("[\"in\"]");
        assertThat(worker.get("/connectors/in/config").json().has("batch.size")).isFalse();
        assertThat(worker.stop().exitCode()).isZero();
    }
}
