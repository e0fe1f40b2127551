package dev.sluice.runtime.control;

import static dev.sluice.runtime.control.TestingWorker.sink;
import static dev.sluice.runtime.control.TestingWorker.source;
import static dev.sluice.runtime.control.TestingWorker.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.DataException;
import dev.sluice.runtime.fake.FakeWorld;
import dev.sluice.testkit.Waiting;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fault of others: an offset is committed before the dead letter is written, and a kill in between loses the record. A copy of
 * the data taken at a random moment is what a killed process leaves behind.
 */
class ErrorsCrashTest {
    private static final int LINES = 2_000;
    private static final int CRASHES = 4;
    private static final String[] TOLERANT = {
        "errors.tolerance", "all", "errors.deadletterqueue.topic.name", "dead",
    };

    @TempDir
    Path folder;

    /** Every kind of line has its number: one for the source's dead letters, two for the sink's, and good ones. */
    private static String line(int i) {
        return switch (i % 10) {
            case 3 -> "poison" + i;
            case 5 -> "refused" + i;
            case 8 -> "bad" + i;
            default -> "line" + i;
        };
    }

    private static List<String> lines(String kind) {
        return IntStream.range(0, LINES)
                .mapToObj(ErrorsCrashTest::line)
                .filter(line -> line.startsWith(kind))
                .toList();
    }

    @Test
    void afterAKillEachDeadLetterIsThereOrItsRecordComesAgain() {
        long seed = System.nanoTime();
        System.out.println("ErrorsCrashTest seed " + seed);
        Random random = new Random(seed);
        FakeWorld source = FakeWorld.of("errors-crash-in");
        FakeWorld sink = FakeWorld.of("errors-crash-out");
        FakeWorld converter = FakeWorld.of("converter");
        converter.at("convert", text -> {
            if (text.startsWith("poison")) {
                throw new DataException("Cannot convert the text: it is poison. Leave it out.");
            }
        });
        sink.at("write", value -> {
            if (value.startsWith("refused")) {
                throw new DataException("Cannot write the record: it is refused. Leave it out.");
            }
        });
        source.input()
                .addAll(IntStream.range(0, LINES)
                        .mapToObj(ErrorsCrashTest::line)
                        .toList());
        Path data = folder.resolve("run0");
        for (int run = 0; run <= CRASHES; run++) {
            int written = sink.output().size();
            try (TestingWorker worker = TestingWorker.in(data, "sink.batch.records.max", "30")) {
                worker.apply(source("errors-crash-in", settings("source", "batch", "7")));
                worker.apply(sink("errors-crash-out", settings("sink")));
                if (run < CRASHES) {
                    int wait = random.nextInt(LINES / (CRASHES + 1));
                    Waiting.until("some more is written", () -> sink.output().size() >= written + wait);
                    data = worker.copyTo(folder.resolve("run" + (run + 1)));
                } else {
                    Waiting.until("all is written", () -> values(sink).contains("line" + (LINES - 1)));
                    Waiting.until(
                            "all is committed",
                            () -> worker.texts("dead-sink")
                                    .contains(lines("bad").get(lines("bad").size() - 1)));
                    assertThat(new TreeSet<>(worker.texts("dead-source")))
                            .isEqualTo(new TreeSet<>(lines("poison").stream()
                                    .map(line -> '"' + line + '"')
                                    .toList()));
                    assertThat(worker.texts("dead-sink"))
                            .containsAll(lines("refused"))
                            .containsAll(lines("bad"));
                }
            }
        }
        converter.calm("convert");

        assertThat(new TreeSet<>(values(sink))).isEqualTo(new TreeSet<>(lines("line")));
    }

    private static String[] settings(String kind, String... more) {
        String[] all = new String[TOLERANT.length + more.length];
        System.arraycopy(TOLERANT, 0, all, 0, TOLERANT.length);
        System.arraycopy(more, 0, all, TOLERANT.length, more.length);
        all[3] = "dead-" + kind;
        return all;
    }
}
