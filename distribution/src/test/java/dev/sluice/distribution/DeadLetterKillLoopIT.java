package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Generated;
import dev.sluice.testkit.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the whole process at random moments while a sink cannot convert some of its records: each is a dead letter in the
 * end, and no other is. Lines of eight characters are the bytes of a long number, all others are not.
 */
final class DeadLetterKillLoopIT {
    private static final int KILLS = Boolean.getBoolean("sluice.soak") ? 40 : 4;
    private static final int LIFE_MILLIS_MAX = 3_000;
    private static final int LINES = 30_000;

    @TempDir
    Path temporary;

    @Test
    void everyRecordIsInTheSinkOrAmongTheDeadLetters() {
        Generated.rounds(1, random -> {
            try (WorkFolder folder = new WorkFolder(temporary)) {
                folder.worker("offset.flush.interval.ms=100", "sink.batch.records.max=50");
                List<String> lines = new ArrayList<>();
                for (int i = 0; i < LINES; i++) {
                    lines.add(i % 37 == 0 ? "poison line " + i : "%08d".formatted(i));
                }
                folder.write("in.txt", lines.toArray(String[]::new));
                folder.source("source", "in.txt", "lines");
                folder.sink(
                        "sink",
                        "lines",
                        "out.txt",
                        "value.converter=LongConverter",
                        "errors.tolerance=all",
                        "errors.deadletterqueue.topic.name=dead");
                for (int kill = 0; kill < KILLS; kill++) {
                    RunningWorker worker = folder.start("source", "sink");
                    Waiting.pause(Duration.ofMillis(random.below(LIFE_MILLIS_MAX)));
                    worker.kill();
                }
                finish(folder, lines);
                verify(folder, lines);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException("The test was interrupted.", interrupted);
            }
        });
    }

    private static void finish(WorkFolder folder, List<String> lines) throws IOException, InterruptedException {
        folder.sink("witness", "dead", "dead.txt");
        RunningWorker worker = folder.start("source", "sink", "witness");
        String last = number(lines.get(lines.size() - 1));
        String lastDead = lines.stream()
                .filter(DeadLetterKillLoopIT::isPoison)
                .reduce((first, second) -> second)
                .orElseThrow();
        Waiting.until(
                "all is in the sink. Output: " + worker.output(),
                Duration.ofSeconds(60),
                () -> folder.content("out.txt").endsWith(last + "\n"));
        Waiting.until(
                "all dead letters were read. Output: " + worker.output(),
                Duration.ofSeconds(60),
                () -> folder.contentLines("dead.txt").contains(lastDead));
        Ran ran = worker.stop();
        assertThat(ran.exitCode()).as(ran.output()).isZero();
    }

    private static void verify(WorkFolder folder, List<String> lines) throws IOException {
        List<String> dead = folder.contentLines("dead.txt");
        List<String> out = folder.contentLines("out.txt");
        System.out.printf("%d kills, %d lines, %d in the sink, %d dead.%n", KILLS, LINES, out.size(), dead.size());
        assertThat(new TreeSet<>(dead))
                .isEqualTo(new TreeSet<>(
                        lines.stream().filter(DeadLetterKillLoopIT::isPoison).toList()));
        assertThat(new TreeSet<>(out))
                .isEqualTo(new TreeSet<>(lines.stream()
                        .filter(line -> !isPoison(line))
                        .map(DeadLetterKillLoopIT::number)
                        .toList()));
    }

    private static boolean isPoison(String line) {
        return line.startsWith("poison");
    }

    /** What the file sink writes for eight characters that are read as a number. */
    private static String number(String line) {
        return Long.toString(
                ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)).getLong());
    }
}
