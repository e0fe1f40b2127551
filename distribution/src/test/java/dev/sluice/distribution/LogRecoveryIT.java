package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Waiting;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
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

    /** Everything is committed when the kill comes, so that what happens then is due to the damage alone. */
    @BeforeEach
    void killAWorkerThatHasWritten() throws Exception {
        folder = new WorkFolder(temporary);
        segment = folder.file("data/lines-0/00000000000000000000.log");
        folder.write("in.txt", numbered(0, LINES));
        folder.source("source", "in.txt", "lines", "batch.size=" + BATCH);
        folder.sink("sink", "lines", "out.txt");
        RunningWorker first = folder.start("source", "sink");
        awaitLast("out.txt", LINES);
        assertThat(first.stop().exitCode()).isZero();
        RunningWorker second = folder.start("source", "sink");
        second.awaitTask("sink", "RUNNING");
        second.kill();
    }

    @AfterEach
    void endProcesses() {
        folder.close();
    }

    @Test
    void garbageBehindTheLastBatchIsCut() throws Exception {
        Files.write(segment, "no batch, just garbage".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);

        Ran ran = goOn();

        assertThat(ran.output()).contains("cut a damaged end of the partition after a crash topic=lines partition=0");
        assertThat(folder.file("topic.txt")).hasSameTextualContentAs(folder.file("in.txt"));
        assertThat(folder.file("out.txt")).hasSameTextualContentAs(folder.file("in.txt"));
    }

    @Test
    void aBatchWithAFlippedBitIsCutAndTheRestKept() throws Exception {
        flipABitOfTheLastBatch();

        Ran ran = goOn();

        assertThat(ran.output()).contains("cut a damaged end of the partition after a crash topic=lines partition=0");
        // The sink had written what was cut, and misses nothing that took its place.
        assertThat(folder.file("out.txt")).hasSameTextualContentAs(folder.file("in.txt"));
        List<String> topic = folder.contentLines("topic.txt");
        List<String> left = new ArrayList<>(List.of(numbered(0, topic.size() - MORE)));
        assertThat(left).hasSizeGreaterThanOrEqualTo(LINES - BATCH).hasSizeLessThan(LINES);
        left.addAll(List.of(numbered(LINES, LINES + MORE)));
        assertThat(topic).isEqualTo(left);
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
        assertThat(folder.file("topic.txt")).hasSameTextualContentAs(folder.file("in.txt"));
        assertThat(folder.file("out.txt")).hasSameTextualContentAs(folder.file("in.txt"));
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

    private void awaitLast(String file, int count) {
        String last = numbered(count - 1, count)[0] + "\n";
        Waiting.until(
                "line " + count + " is in " + file, () -> folder.content(file).endsWith(last));
    }

    private static String[] numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "line " + i + " \u20ac").toArray(String[]::new);
    }
}
