package dev.sluice.runtime.control;

import static dev.sluice.runtime.control.TestingWorker.awaitOutput;
import static dev.sluice.runtime.control.TestingWorker.sink;
import static dev.sluice.runtime.control.TestingWorker.source;
import static dev.sluice.runtime.control.TestingWorker.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.fake.FakeWorld;
import dev.sluice.runtime.transport.Isolation;
import dev.sluice.runtime.transport.PartitionReader;
import dev.sluice.runtime.transport.Transport;
import dev.sluice.testkit.Ledger;
import dev.sluice.testkit.Waiting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of the data taken at a random moment is what a killed process leaves behind. */
class WorkerCrashTest {
    private static final int LINES = 3_000;
    private static final int BATCH = 7;
    private static final int IN_FLIGHT = 50;

    @TempDir
    Path folder;

    private static List<String> log(Transport transport) throws InterruptedException {
        List<String> values = new ArrayList<>();
        try (PartitionReader reader = transport
                .reader(new TopicPartition("lines", 0), Isolation.READ_UNCOMMITTED, () -> {})
                .orElseThrow()) {
            long offset = 0;
            while (offset < reader.endOffset()) {
                var read = reader.read(offset, 1_000, 1 << 20);
                read.records().forEach(record -> values.add(new String(record.value(), StandardCharsets.UTF_8)));
                offset = read.nextOffset();
            }
        }
        return values;
    }

    private static List<Long> offsets(List<String> written) {
        return written.stream()
                .map(line -> Long.valueOf(line.substring(line.indexOf('@') + 1, line.indexOf(' '))))
                .toList();
    }

    /** Each run writes one offset after the other, and begins no later than where the one before ended. */
    private static void requireNoGaps(List<List<Long>> runs) {
        long next = 0;
        for (List<Long> run : runs) {
            assertThat(run.get(0)).as("first offset of a run").isLessThanOrEqualTo(next);
            next = run.get(0);
            for (long offset : run) {
                assertThat(offset).isEqualTo(next++);
            }
        }
    }

    /** Each run goes on with the copy of the one before, and is given more lines than it may finish. */
    @Test
    void nothingIsLostAndDoublesLieInTheLastBatchesOnly() throws InterruptedException {
        long seed = System.nanoTime();
        System.out.println("WorkerCrashTest seed " + seed);
        Random random = new Random(seed);
        List<String> lines = WorkerFlowTest.lines(0, LINES);
        FakeWorld source = FakeWorld.of("crash-in");
        FakeWorld sink = FakeWorld.of("crash-out");
        List<List<Long>> outputs = new ArrayList<>();
        int crashes = 4;
        int doublesMax = 0;
        Path data = folder.resolve("run0");
        for (int run = 0; run <= crashes; run++) {
            int from = source.input().size();
            source.input().addAll(lines.subList(from, run == crashes ? LINES : from + LINES / (crashes + 1)));
            int written = sink.output().size();
            try (TestingWorker worker = TestingWorker.in(
                    data, "task.inflight.records.max", Integer.toString(IN_FLIGHT), "sink.batch.records.max", "30")) {
                worker.apply(source("crash-in", "batch", Integer.toString(BATCH)), sink("crash-out"));
                if (run == crashes) {
                    Waiting.until("all is written", () -> values(sink).contains(lines.get(LINES - 1)));
                    // The log: what was in flight at a crash may come again, nothing else.
                    Ledger.expecting(lines)
                            .doublesAtMost(doublesMax)
                            .verify(log(worker.worker().transport()), crashes);
                } else {
                    awaitOutput(sink, written + random.nextInt(LINES / (crashes + 1)));
                    int before = log(worker.worker().transport()).size();
                    data = worker.copyTo(folder.resolve("run" + (run + 1)));
                    int whileCopying = log(worker.worker().transport()).size() - before;
                    doublesMax = Math.max(doublesMax, IN_FLIGHT + BATCH + whileCopying);
                    // What this run writes after the copy never happened for the next one, as far as the log knows.
                }
            }
            outputs.add(offsets(
                    List.copyOf(sink.output()).subList(written, sink.output().size())));
        }

        requireNoGaps(outputs);
    }
}
