package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Ledger;
import dev.sluice.testkit.Waiting;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data directory that is damaged after a kill: it opens, says what it cut, keeps the rest, and the lines go on. */
final class LogRecoveryIT {
    private static final int LINES = 2_000;
    private static final int BATCH = 100;
    /** More than a batch, so that a sink which waits where the topic once ended leaves some out. */
    private static final int MORE = 3 * BATCH;

    private static final int FLIPPED_FROM_END = 5;

    @TempDir
    Path temporary;

    private WorkFolder folder;
    private Path segment;

    @BeforeEach
    void killAWorkerThatHasWritten() throws IOException {
        folder = new WorkFolder(temporary);
        segment = folder.file("data/lines-0/00000000000000000000.log");
        folder.write("in.txt", numbered(0, LINES));
        folder.source("source", "in.txt", "lines", "batch.size=" + BATCH);
        folder.sink("sink", "lines", "out.txt");
        RunningWorker worker = folder.start("source", "sink");
        awaitLast("out.txt", LINES);
        worker.kill();
    }

    @AfterEach
    void endProcesses() {
        folder.close();
    }

    @Test
    void garbageBehindTheLastBatchIsCut() throws Exception {
        Files.write(segment, "no batch, just garbage".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);

        Ran ran = goOn();

        assertThat(ran.output()).contains("lines-0");
        assertThat(topic()).isEqualTo(List.of(numbered(0, LINES + MORE)));
        verifySink(1);
    }

    @Test
    void aBatchWithAFlippedBitIsCutAndTheRestKept() throws Exception {
        flipABitOfTheLastBatch();

        Ran ran = goOn();

        assertThat(ran.output()).contains("lines-0");
        assertCutTopic();
        // What was cut had reached the sink; if that was not committed, all that is left is written again.
        verifySink(2);
    }

    @Test
    void aSinkThatHadWrittenMoreThanIsLeftGoesOnWithTheNextLine() throws Exception {
        // A clean stop commits all; without its marker, the next start takes it for a crash.
        assertThat(folder.start("source", "sink").stop().exitCode()).isZero();
        Files.delete(folder.file("data/.kafka_cleanshutdown"));
        int before = folder.contentLines("out.txt").size();
        flipABitOfTheLastBatch();

        Ran ran = goOn();

        assertThat(ran.output()).contains("lines-0");
        assertCutTopic();
        List<String> out = folder.contentLines("out.txt");
        assertThat(out.subList(before, out.size())).as(ran.output()).containsExactly(numbered(LINES, LINES + MORE));
    }

    @Test
    void emptyIndexesAndCheckpointsAreMadeAnew() throws Exception {
        List<Path> emptied;
        try (Stream<Path> files = Files.walk(folder.file("data"))) {
            emptied = files.filter(file -> file.toString().matches(".*(index|checkpoint|snapshot)"))
                    .toList();
        }
        for (Path file : emptied) {
            Files.write(file, new byte[0]);
        }

        goOn();

        assertThat(emptied).hasSizeGreaterThan(2);
        assertThat(topic()).isEqualTo(List.of(numbered(0, LINES + MORE)));
        verifySink(1);
    }

    private void flipABitOfTheLastBatch() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            long position = file.length() - FLIPPED_FROM_END;
            file.seek(position);
            int flipped = file.read() ^ 1;
            file.seek(position);
            file.write(flipped);
        }
    }

    /** The source had stored that it read past the batch that was cut; the topic has all the others. */
    private void assertCutTopic() throws IOException {
        assertThat(topic())
                .startsWith(numbered(0, LINES - BATCH))
                .endsWith(numbered(LINES, LINES + MORE))
                .doesNotHaveDuplicates();
    }

    private void verifySink(int jumpsMax) throws IOException {
        Ledger.expecting(List.of(numbered(0, LINES + MORE)))
                .doublesAtMost(LINES)
                .verify(folder.contentLines("out.txt"), jumpsMax);
    }

    /** Starts again and lets more lines flow, and everything into a second sink; then stops. */
    private Ran goOn() throws Exception {
        folder.append("in.txt", numbered(LINES, LINES + MORE));
        folder.sink("witness", "lines", "topic.txt");
        RunningWorker worker = folder.start("source", "sink", "witness");
        awaitLast("out.txt", LINES + MORE);
        awaitLast("topic.txt", LINES + MORE);
        Ran ran = worker.stop();
        assertThat(ran.exitCode()).as(ran.output()).isZero();
        return ran;
    }

    private List<String> topic() throws IOException {
        return folder.contentLines("topic.txt");
    }

    private void awaitLast(String file, int count) {
        String last = numbered(count - 1, count)[0] + "\n";
        Waiting.until(
                "line " + count + " is in " + file, () -> folder.content(file).endsWith(last));
    }

    private static String[] numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "line " + i + " \u20ac").toArray(String[]::new);
    }
}
