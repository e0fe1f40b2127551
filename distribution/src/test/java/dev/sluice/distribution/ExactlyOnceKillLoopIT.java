package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Generated;
import dev.sluice.testkit.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the whole process at random moments while a source with exactly-once delivery reads: in the end its topic holds
 * each line once, in order, for readers of committed records.
 */
final class ExactlyOnceKillLoopIT {
    private static final int KILLS = Boolean.getBoolean("sluice.soak") ? 50 : 5;
    /** From before the JVM is up until long after everything flows. */
    private static final int LIFE_MILLIS_MAX = 4_000;

    @TempDir
    Path temporary;

    @Test
    void eachLineIsInTheTopicOnce() {
        Generated.rounds(1, random -> {
            try (WorkFolder folder = new WorkFolder(temporary);
                    LineWriter writer = new LineWriter(folder, "in.txt", random)) {
                folder.worker("exactly.once.source.support=enabled");
                // Small batches, so that most kills fall into a transaction; the second ends them by time.
                folder.source("polled", "in.txt", "polled", "batch.size=20", "exactly.once.support=required");
                folder.source(
                        "timed",
                        "in.txt",
                        "timed",
                        "batch.size=20",
                        "transaction.boundary=interval",
                        "transaction.boundary.interval.ms=50");
                for (int kill = 0; kill < KILLS; kill++) {
                    RunningWorker worker = folder.start("polled", "timed");
                    Waiting.pause(Duration.ofMillis(random.below(LIFE_MILLIS_MAX)));
                    worker.kill();
                }
                List<String> written = writer.finish();
                finish(folder, written.get(written.size() - 1));
                System.out.printf("%d kills, %d lines written.%n", KILLS, written.size());
                for (String file : List.of("polled.txt", "timed.txt")) {
                    assertThat(folder.contentLines(file)).as(file).isEqualTo(written);
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException("The test was interrupted.", interrupted);
            }
        });
    }

    /** Lets all flow to its end, beside sinks that read the topics from their start and were never killed. */
    private static void finish(WorkFolder folder, String last) throws IOException, InterruptedException {
        folder.sink("polled-witness", "polled", "polled.txt");
        folder.sink("timed-witness", "timed", "timed.txt");
        RunningWorker worker = folder.start("polled", "timed", "polled-witness", "timed-witness");
        for (String file : List.of("polled.txt", "timed.txt")) {
            Waiting.until(
                    "the last line is in " + file + ". Output: " + worker.output(),
                    Duration.ofSeconds(60),
                    () -> folder.content(file).endsWith(last + "\n"));
        }
        Ran ran = worker.stop();
        assertThat(ran.exitCode()).as(ran.output()).isZero();
        assertThat(ran.output()).doesNotContain("ERROR");
    }
}
