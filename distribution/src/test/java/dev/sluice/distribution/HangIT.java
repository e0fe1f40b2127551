package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.testkit.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plugin from the plugin path that hangs: REST and the other connectors do not notice, and the process still stops. */
final class HangIT {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);
    private static final Duration STOP_MAX = Duration.ofSeconds(20);
    private static final int ANSWERS = 20;

    @TempDir
    Path temporary;

    private WorkFolder folder;

    @BeforeEach
    void installThePlugin() throws IOException {
        folder = new WorkFolder(temporary);
        folder.worker("plugin.path=plugins", "task.call.timeout.ms=2000", "task.shutdown.graceful.timeout.ms=1000");
        folder.plugin(HangingSource.class, "HangingSource$HangingTask");
        folder.source("source", "in.txt", "t");
        folder.sink("sink", "t", "out.txt");
    }

    @AfterEach
    void endProcesses() {
        folder.close();
    }

    @ParameterizedTest
    @CsvSource({"connector start, /connector/state", "task start, /tasks/0/state", "poll, /tasks/0/state"})
    void othersDoNotNotice(String call, String place) throws Exception {
        folder.write(
                "hanging.properties",
                "name=hanging",
                "connector.class=" + HangingSource.class.getName(),
                "topic=none",
                "hangs.in=" + call);
        RunningWorker worker = folder.start("hanging", "source", "sink");

        Waiting.until("hanging is STUCK", () -> state(worker, place).equals("STUCK"));
        worker.awaitLine("hanging is STUCK");

        for (int i = 0; i < ANSWERS; i++) {
            long begin = System.nanoTime();
            folder.append("in.txt", "line " + i);
            assertThat(worker.get("/connectors").json()).hasSize(3);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(ANSWER_MAX);
        }
        Waiting.until("all lines arrived", () -> folder.contentLines("out.txt").size() == ANSWERS);
        long begin = System.nanoTime();
        Ran ran = worker.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).as(ran.output()).isLessThan(STOP_MAX);
        assertThat(ran.exitCode()).as(ran.output()).isZero();
    }

    private static String state(RunningWorker worker, String place) {
        JsonNode status = worker.get("/connectors/hanging/status").json();
        return status.at(place).asText();
    }
}
