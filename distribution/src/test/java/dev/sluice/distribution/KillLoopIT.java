package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Generated;
import dev.sluice.testkit.Ledger;
import dev.sluice.testkit.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the whole process at random moments while lines are written: none is lost, order is kept, and lines double only
 * where a start goes over the last uncommitted stretch again.
 */
final class KillLoopIT {
    private static final int KILLS = Boolean.getBoolean("sluice.soak") ? 60 : 6;
    /** From before the JVM is up until long after everything flows. */
    private static final int LIFE_MILLIS_MAX = 4_000;

    private static final int BATCH = 100;

    @TempDir
    Path temporary;

    @Test
    void losesNothingAndKeepsOrder() {
        Generated.rounds(1, random -> {
            try (WorkFolder folder = new WorkFolder(temporary);
                    LineWriter writer = new LineWriter(folder, "in.txt", random)) {
                folder.worker("offset.flush.interval.ms=200");
                folder.source("source", "in.txt", "lines", "batch.size=" + BATCH);
                folder.sink("sink", "lines", "out.txt");
                for (int kill = 0; kill < KILLS; kill++) {
                    RunningWorker worker = folder.start("source", "sink");
                    Waiting.pause(Duration.ofMillis(random.below(LIFE_MILLIS_MAX)));
                    worker.kill();
                }
                List<String> written = writer.finish();
                finish(folder, written.get(written.size() - 1));
                verify(folder, written);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException("The test was interrupted.", interrupted);
            }
        });
    }

    /** Lets all flow to its end, beside a second sink that reads the topic from its start. */
    private static void finish(WorkFolder folder, String last) throws IOException, InterruptedException {
        folder.sink("witness", "lines", "topic.txt");
        RunningWorker worker = folder.start("source", "sink", "witness");
        for (String file : List.of("out.txt", "topic.txt")) {
            Waiting.until(
                    "the last line is in " + file + ". Output: " + worker.output(),
                    Duration.ofSeconds(60),
                    () -> folder.content(file).endsWith(last + "\n"));
        }
        for (String connector : List.of("source", "sink", "witness")) {
            worker.awaitTask(connector, "RUNNING");
        }
        Ran ran = worker.stop();
        assertThat(ran.exitCode()).as(ran.output()).isZero();
        assertThat(ran.output()).doesNotContain("ERROR");
    }

    private static void verify(WorkFolder folder, List<String> written) throws IOException {
        List<String> topic = folder.contentLines("topic.txt");
        List<String> out = folder.contentLines("out.txt");
        System.out.printf(
                "%d kills, %d lines written, %d in the topic, %d in the sink.%n",
                KILLS, written.size(), topic.size(), out.size());
        // A start of the source goes back over the one batch that was on its way.
        Ledger.expecting(written).doublesAtMost(BATCH).verify(topic, KILLS);
        // A start of the sink goes back to its last commit, over what the source doubled there.
        Ledger.expecting(written).doublesAtMost(written.size()).verify(out, 3 * KILLS);
    }
}
