package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that takes all memory fails its own task; the others, and REST, go on. */
final class LeakIT {
    private static final Duration LEAK_MAX = Duration.ofMinutes(3);
    private static final int LINES = 200;

    @TempDir
    Path temporary;

    @Test
    void aLeakFailsTheTaskThatLeaks() throws Exception {
        try (WorkFolder folder = new WorkFolder(temporary)) {
            folder.worker("plugin.path=plugins");
            folder.plugin(LeakingSource.class, "LeakingSource$LeakingTask");
            folder.source("source", "in.txt", "t");
            folder.sink("sink", "t", "out.txt");
            folder.write(
                    "leaking.properties",
                    "name=leaking",
                    "connector.class=" + LeakingSource.class.getName(),
                    "topic=none",
                    "restart.policy=never");
            RunningWorker worker = folder.start("leaking", "source", "sink");
            worker.awaitLine("Stop with Ctrl-C.");
            for (int i = 0; i < LINES; i++) {
                folder.append("in.txt", "line " + i);
            }

            Waiting.until(
                    "leaking is FAILED",
                    LEAK_MAX,
                    () -> state(worker, "leaking").equals("FAILED"));
            assertThat(worker.get("/connectors/leaking/status")
                            .json()
                            .at("/tasks/0/trace")
                            .asText())
                    .contains("java.lang.OutOfMemoryError");
            for (int i = LINES; i < 2 * LINES; i++) {
                folder.append("in.txt", "line " + i);
            }
            Waiting.until(
                    "all lines arrived. Output: " + worker.output(),
                    Duration.ofSeconds(60),
                    () -> folder.contentLines("out.txt").size() == 2 * LINES);
            assertThat(state(worker, "source")).isEqualTo("RUNNING");
            assertThat(state(worker, "sink")).isEqualTo("RUNNING");
            Ran ran = worker.stop();
            assertThat(ran.exitCode()).as(ran.output()).isZero();
        }
    }

    private static String state(RunningWorker worker, String connector) {
        return worker.get("/connectors/" + connector + "/status")
                .json()
                .at("/tasks/0/state")
                .asText();
    }
}
