package dev.sluice.runtime.control;

import static dev.sluice.runtime.control.TestingWorker.awaitOutput;
import static dev.sluice.runtime.control.TestingWorker.sink;
import static dev.sluice.runtime.control.TestingWorker.source;
import static dev.sluice.runtime.control.TestingWorker.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.RetriableException;
import dev.sluice.runtime.fake.FakeWorld;
import dev.sluice.testkit.Ledger;
import dev.sluice.testkit.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Records on their way from a source through the log to a sink, with all that may happen to them. */
class WorkerFlowTest {
    @TempDir
    Path folder;

    private String in = "";
    private String out = "";
    private FakeWorld source = FakeWorld.of("");
    private FakeWorld sink = FakeWorld.of("");

    @BeforeEach
    void makeWorlds(TestInfo test) {
        in = "in-" + test.getTestMethod().orElseThrow().getName();
        out = "out-" + test.getTestMethod().orElseThrow().getName();
        source = FakeWorld.of(in);
        sink = FakeWorld.of(out);
    }

    static List<String> lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "line" + i).toList();
    }

    private static void awaitCall(FakeWorld world, String call) {
        Waiting.until("there was the call " + call, () -> world.calls().contains(call));
    }

    @Test
    void tellsTheSourceOfEachRecordAndThenOfThePosition() {
        source.input().addAll(List.of("a", "drop", "b", "c"));
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(
                    source(in, "transforms", "d", "transforms.d.type", "FakeText$Dropping", "batch", "3"), sink(out));
            awaitOutput(sink, 3);
            awaitCall(source, "commit 4");
        }

        assertThat(values(sink)).containsExactly("a", "b", "c");
        assertThat(source.calls())
                .filteredOn(call -> call.startsWith("commit"))
                .containsSubsequence("commitRecord a lines-0@0", "commitRecord drop null", "commitRecord b lines-0@1")
                .containsSubsequence("commitRecord c lines-0@2", "commit 4");
    }

    @Test
    void resumesExactlyAfterCleanStops() {
        List<String> expected = new ArrayList<>();
        try (TestingWorker worker = TestingWorker.in(folder)) {
            for (int run = 0; run < 4; run++) {
                List<String> more = lines(run * 500, run * 500 + 500);
                source.input().addAll(more);
                expected.addAll(more);
                worker.apply(source(in, "batch", "17"), sink(out));
                awaitOutput(sink, run * 500 + 100 * run);
                worker.restart();
            }
            worker.apply(source(in), sink(out));
            awaitOutput(sink, expected.size());
        }

        Ledger.expecting(expected).verify(values(sink), 0);
    }

    @Test
    void storesThePositionWhereAllRecordsAreDropped() {
        source.input().addAll(List.of("drop", "drop", "drop", "drop"));
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(source(in, "transforms", "d", "transforms.d.type", "FakeText$Dropping"));
            awaitCall(source, "commit 4");
            worker.restart();
            worker.apply(source(in, "transforms", "d", "transforms.d.type", "FakeText$Dropping"));

            awaitCall(source, "start 4");
        }
    }

    @Test
    void storesThePositionOfWhatTheSourcePassesOver() {
        source.input().addAll(List.of("skip", "skip"));
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(source(in));

            awaitCall(source, "commit 2");
        }
    }

    @Test
    void sendsWhatStandsBeforeAPoisonRecordAndStoresNothingBehindIt() {
        source.input().addAll(List.of("a", "b", "poison", "skip", "c"));
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(source(in, "batch", "10"), sink(out));
            worker.awaitTask(in, RunState.FAILED);
            assertThat(worker.task(in, 0).status().trace())
                    .startsWith("Cannot convert the text: it is poison. Leave it out. Correct the record or the value"
                            + " converter, or set errors.tolerance=all to leave such records out."
                            + " [connector=" + in + " task=0 stage=VALUE_CONVERTER plugin=")
                    .contains("record=source offset {next=3} of {task=0} attempt=1 code=VALUE_CONVERTER_RECORD]\n");
            awaitOutput(sink, 2);
            source.calls().clear();
            worker.restart();
            worker.apply(source(in, "batch", "10"), sink(out));

            awaitCall(source, "start 2");
            worker.awaitTask(in, RunState.FAILED);
        }
        assertThat(values(sink)).containsExactly("a", "b");
    }

    @Test
    void leavesPoisonRecordsOutWhereThatIsAskedFor() {
        source.input().addAll(List.of("a", "poison", "b"));
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(source(in, "errors.tolerance", "all"), sink(out));
            awaitOutput(sink, 2);
            awaitCall(source, "commit 3");
        }

        assertThat(values(sink)).containsExactly("a", "b");
        assertThat(source.calls()).contains("commitRecord poison null");
    }

    @Test
    void aSinkReportsBadRecordsAndGoesOnWhereThatIsAskedFor() {
        source.input().addAll(List.of("a", "bad", "b"));
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(source(in), sink(out, "errors.tolerance", "all"));
            awaitOutput(sink, 2);
            awaitCall(sink, "flush {lines-0=3}");
        }

        assertThat(values(sink)).containsExactly("a", "b");
    }

    @Test
    void aSinkThatMayNotReportFailsWithTheRecordsReason() {
        source.input().addAll(List.of("bad"));
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(source(in), sink(out));
            worker.awaitTask(out, RunState.FAILED);

            assertThat(worker.task(out, 0).status().trace())
                    .startsWith("Cannot write the record: it is bad. Correct it. Correct the record at its origin,"
                            + " or set errors.tolerance=all to leave such records out."
                            + " [connector=" + out + " task=0 stage=TASK_PUT");
        }
    }

    @Test
    void putsTheSameBatchAgainInOrderUntilItIsTaken() {
        AtomicInteger refused = new AtomicInteger();
        sink.at("put", first -> {
            if (refused.getAndIncrement() % 3 != 2) {
                throw RetriableException.after(Duration.ofMillis(1), "Cannot write: busy.", null);
            }
        });
        List<String> lines = lines(0, 300);
        source.input().addAll(lines);
        try (TestingWorker worker = TestingWorker.in(folder, "sink.batch.records.max", "40")) {
            worker.apply(source(in), sink(out));
            awaitOutput(sink, lines.size());
        }

        Ledger.expecting(lines).verify(values(sink), 0);
    }

    @Test
    void flushesAgainWhatCouldNotBeFlushed() {
        AtomicInteger calls = new AtomicInteger();
        sink.at("flush", none -> {
            if (calls.incrementAndGet() <= 2) {
                throw new RetriableException("Cannot flush: busy.");
            }
        });
        source.input().add("a");
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(source(in), sink(out));

            awaitCall(sink, "flush {lines-0=1}");
        }
        assertThat(values(sink)).containsExactly("a");
    }

    @Test
    void pollsAgainAfterAPause() {
        AtomicInteger calls = new AtomicInteger();
        source.at("poll", next -> {
            if (calls.incrementAndGet() <= 2) {
                throw RetriableException.after(Duration.ofMillis(1), "Cannot read: busy.", null);
            }
        });
        source.input().add("a");
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(source(in), sink(out));

            awaitOutput(sink, 1);
        }
    }

    @Test
    void tellsPositionsAgainWhereTheSourceCouldNotTakeThem() {
        AtomicInteger calls = new AtomicInteger();
        source.at("commit", none -> {
            if (calls.incrementAndGet() == 1) {
                throw RetriableException.after(Duration.ofMillis(1), "Cannot acknowledge: busy.", null);
            }
        });
        source.input().add("a");
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(source(in));

            awaitCall(source, "commit 1");
        }
        assertThat(source.calls())
                .filteredOn(call -> call.startsWith("commitRecord"))
                .containsExactly("commitRecord a lines-0@0");
    }

    @Test
    void triesAConversionAgainForAsLongAsTheSettingsSay() {
        AtomicInteger calls = new AtomicInteger();
        FakeWorld transformation = FakeWorld.of("transformation");
        transformation.at("apply", value -> {
            if (value.equals("retry-me") && calls.incrementAndGet() <= 2) {
                throw new RetriableException("Cannot look it up: busy.");
            }
        });
        source.input().addAll(List.of("retry-me", "b"));
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(
                    source(
                            in,
                            "transforms",
                            "d",
                            "transforms.d.type",
                            "FakeText$Dropping",
                            "errors.retry.timeout",
                            "20000",
                            "errors.retry.delay.max.ms",
                            "5"),
                    sink(out));
            awaitOutput(sink, 2);
        } finally {
            transformation.calm("apply");
        }

        assertThat(calls).hasValue(3);
        assertThat(values(sink)).containsExactly("retry-me", "b");
    }

    @Test
    void aStopEndsRetriesThatWouldGoOnForEver() {
        FakeWorld transformation = FakeWorld.of("transformation");
        transformation.at("apply", value -> {
            if (value.equals("never")) {
                FakeWorld.of(in).calls().add("tried");
                throw new RetriableException("Cannot look it up: busy.");
            }
        });
        source.input().addAll(List.of("a", "never", "b"));
        try (TestingWorker worker = TestingWorker.in(folder, "task.call.timeout.ms", "300")) {
            worker.apply(
                    source(
                            in,
                            "transforms",
                            "d",
                            "transforms.d.type",
                            "FakeText$Dropping",
                            "errors.retry.timeout",
                            "-1",
                            "errors.retry.delay.max.ms",
                            "60000"),
                    sink(out));
            Waiting.until(
                    "the step was tried twice",
                    () -> source.calls().stream().filter("tried"::equals).count() >= 2);
            assertThat(worker.task(in, 0).status().state()).isEqualTo(RunState.RUNNING);
        } finally {
            transformation.calm("apply");
        }

        assertThat(source.calls()).last().isEqualTo("stop");
    }

    @Test
    void aPausedSinkGetsNothingUntilItResumes() {
        source.input().add("a");
        try (TestingWorker worker = TestingWorker.in(folder)) {
            sink.at("flush", none -> sink.perform("pause", ""));
            worker.apply(source(in), sink(out));
            awaitCall(sink, "flush {lines-0=1}");
            source.input().add("b");
            awaitCall(source, "commit 2");
            Waiting.until(
                    "the sink's log was read no further", () -> values(sink).equals(List.of("a")));
            sink.calm("flush");
            worker.restart();
            worker.apply(source(in), sink(out));

            awaitOutput(sink, 2);
        }
        assertThat(values(sink)).containsExactly("a", "b");
    }

    @Test
    void aSinkMaySeekInOpenPutAndFlush() {
        source.input().addAll(List.of("a", "b"));
        AtomicInteger flushes = new AtomicInteger();
        sink.at("flush", none -> {
            if (flushes.incrementAndGet() == 1) {
                sink.perform("seekToStart", "");
            }
        });
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(source(in, "batch", "2"), sink(out));
            awaitOutput(sink, 4);
            AtomicInteger puts = new AtomicInteger();
            sink.at("put", first -> {
                if (puts.incrementAndGet() == 1) {
                    sink.perform("seekToStart", "");
                }
            });
            source.input().add("c");
            awaitOutput(sink, 8);
            worker.restart();
            sink.at("open", none -> sink.perform("seekToStart", ""));
            worker.apply(source(in, "batch", "2"), sink(out));
            awaitOutput(sink, 11);
        }

        assertThat(values(sink)).containsExactly("a", "b", "a", "b", "c", "a", "b", "c", "a", "b", "c");
    }

    @Test
    void startsTasksAnewWithTheSettingsThatTheConnectorWantsNow() {
        source.input().addAll(lines(0, 10));
        try (TestingWorker worker = TestingWorker.in(folder, "task.shutdown.graceful.timeout.ms", "400")) {
            worker.apply(source(in), sink(out));
            awaitOutput(sink, 10);
            source.perform("reconfigure", "3");
            Waiting.until(
                    "there are 3 tasks", () -> worker.connector(in).tasks().size() == 3);
            source.perform("reconfigure", "1");
            Waiting.until("there is 1 task", () -> worker.connector(in).tasks().size() == 1);
            worker.awaitTask(in, RunState.RUNNING);
            // Longer than the time after which those that were stopped are given up: the new one must not be.
            Waiting.pause(Duration.ofMillis(600));
            int before = sink.output().size();
            source.input().addAll(lines(10, 20));

            awaitOutput(sink, before + 10);
            assertThat(worker.task(in, 0).status().state()).isEqualTo(RunState.RUNNING);
        }
    }

    @Test
    void aConnectorThatRaisesAnErrorFailsWithIt() {
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(source(in));
            worker.awaitConnector(in, RunState.RUNNING);
            source.perform("raise", "Cannot see the tables: no.");
            worker.awaitConnector(in, RunState.FAILED);

            assertThat(worker.connector(in).status().trace())
                    .startsWith("Cannot see the tables: no. [connector=" + in + " stage=START");
        }
    }

    @Test
    void failsWhereATopicMayNotBeCreated() {
        source.input().add("a");
        try (TestingWorker worker = TestingWorker.in(folder, "topic.creation.enable", "false")) {
            worker.apply(source(in));
            worker.awaitTask(in, RunState.FAILED);

            assertThat(worker.task(in, 0).status().trace())
                    .startsWith("Cannot append to topic lines: it does not exist, and topic.creation.enable is false."
                            + " Create the topic, or allow it. [connector=" + in + " task=0 stage=KAFKA_PRODUCE");
        }
    }
}
