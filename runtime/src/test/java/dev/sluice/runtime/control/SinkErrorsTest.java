package dev.sluice.runtime.control;

import static dev.sluice.runtime.control.TestingWorker.awaitOutput;
import static dev.sluice.runtime.control.TestingWorker.headers;
import static dev.sluice.runtime.control.TestingWorker.sink;
import static dev.sluice.runtime.control.TestingWorker.source;
import static dev.sluice.runtime.control.TestingWorker.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.DataException;
import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.config.ConnectorFile;
import dev.sluice.runtime.fake.FakeWorld;
import dev.sluice.runtime.transport.LogRecord;
import dev.sluice.testkit.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of records that a sink, its converters or its transformations cannot process. */
class SinkErrorsTest {
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
        sink.at("write", value -> {
            if (value.startsWith("refused")) {
                throw new DataException("Cannot write the record: it is refused. Leave it out.");
            }
            if (value.startsWith("crash")) {
                throw new IllegalStateException("it crashes");
            }
        });
    }

    /** The poison of converters must pass the source: it goes in as bytes that the source's converter does not read. */
    private ConnectorFile lines() {
        return source(in, "batch", "1000", "value.converter", "FakeText$Raw");
    }

    private ConnectorFile tolerant(String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "errors.tolerance",
                "all",
                "errors.deadletterqueue.topic.name",
                "dead",
                "errors.deadletterqueue.context.headers.enable",
                "true"));
        settings.addAll(List.of(more));
        return sink(out, settings.toArray(String[]::new));
    }

    private static void awaitCommit(TestingWorker worker, String connector, long offset) {
        Waiting.until(
                connector + " has committed " + offset,
                () -> worker.worker()
                                .transport()
                                .committedOffsets("connect-" + connector)
                                .getOrDefault(new TopicPartition("lines", 0), -1L)
                        == offset);
    }

    private void feed(TestingWorker worker, String... lines) {
        int before = worker.records("lines").size();
        source.input().addAll(List.of(lines));
        worker.apply(lines());
        Waiting.until("the lines are in the log", () -> worker.records("lines").size() == before + lines.length);
    }

    @Test
    void aRecordThatCannotBeConvertedBecomesADeadLetterWithItsBytesAndItsStory() {
        try (TestingWorker worker = TestingWorker.in(folder)) {
            feed(worker, "a", "poison", "b");
            worker.apply(tolerant());
            awaitCommit(worker, out, 3);

            assertThat(values(sink)).containsExactly("a", "b");
            List<LogRecord> dead = worker.records("dead");
            assertThat(worker.texts("dead")).containsExactly("poison");
            assertThat(dead.get(0).timestampMillis())
                    .isEqualTo(worker.records("lines").get(1).timestampMillis());
            Map<String, String> headers = headers(dead.get(0));
            assertThat(headers)
                    .containsEntry("__connect.errors.topic", "lines")
                    .containsEntry("__connect.errors.partition", "0")
                    .containsEntry("__connect.errors.offset", "1")
                    .containsEntry("__connect.errors.connector.name", out)
                    .containsEntry("__connect.errors.task.id", "0")
                    .containsEntry("__connect.errors.stage", "VALUE_CONVERTER")
                    .containsEntry("__connect.errors.class.name", "dev.sluice.runtime.fake.FakeText")
                    .containsEntry("__connect.errors.exception.class.name", DataException.class.getName())
                    .containsEntry(
                            "__connect.errors.exception.message",
                            "Cannot convert the text: it is poison. Leave it out.")
                    .containsEntry("__sluice.errors.attempts", "1")
                    .containsEntry("__sluice.errors.code", "VALUE_CONVERTER_RECORD")
                    .containsEntry(
                            "__sluice.errors.fix", "Correct the record or the value converter, then send it again.")
                    .doesNotContainKey("__sluice.errors.transform");
            assertThat(headers.get("__connect.errors.exception.stacktrace"))
                    .startsWith(DataException.class.getName() + ": Cannot convert the text");
            assertThat(worker.worker().transport().partitionCount("dead")).isEqualTo(1);
        }
    }

    @Test
    void aTransformationIsNamedByItsAlias() {
        FakeWorld.of("transformation").at("apply", value -> {
            if (value.equals("untransformable")) {
                throw new IllegalArgumentException("no such field");
            }
        });
        try (TestingWorker worker = TestingWorker.in(folder)) {
            feed(worker, "a", "untransformable");
            worker.apply(tolerant("transforms", "d", "transforms.d.type", "FakeText$Dropping"));
            awaitCommit(worker, out, 2);

            assertThat(headers(worker.records("dead").get(0)))
                    .containsEntry("__connect.errors.stage", "TRANSFORMATION")
                    .containsEntry("__connect.errors.class.name", "dev.sluice.runtime.fake.FakeText$Dropping")
                    .containsEntry("__sluice.errors.transform", "d");
        } finally {
            FakeWorld.of("transformation").calm("apply");
        }
    }

    @Test
    void withoutContextHeadersADeadLetterIsTheRecordAsItWas() {
        try (TestingWorker worker = TestingWorker.in(folder)) {
            feed(worker, "poison");
            worker.apply(tolerant("errors.deadletterqueue.context.headers.enable", "false"));
            awaitCommit(worker, out, 1);

            assertThat(worker.records("dead").get(0).headers()).isEmpty();
        }
    }

    @Test
    void whatStandsBeforeAnUnreadableRecordLandsAndTheTaskFailsNamingIt() {
        try (TestingWorker worker = TestingWorker.in(folder)) {
            feed(worker, "a", "b", "poison", "c");
            worker.apply(sink(out));
            worker.awaitTask(out, RunState.FAILED);

            assertThat(worker.task(out, 0).status().trace()).contains("record=lines-0@2 ");
            assertThat(values(sink)).containsExactly("a", "b");
            awaitCommit(worker, out, 2);
        }
    }

    @Test
    void whatStandsBeforeARefusedRecordLandsAndTheTaskFailsNamingIt() {
        try (TestingWorker worker = TestingWorker.in(folder)) {
            feed(worker, "a", "b", "c", "refused", "d", "e", "refused", "f");
            worker.apply(sink(out, "errors.deadletterqueue.topic.name", "dead"));
            worker.awaitTask(out, RunState.FAILED);

            assertThat(worker.task(out, 0).status().trace())
                    .startsWith(
                            "Cannot write the record: it is refused. Leave it out. Correct the record at its origin, or"
                                    + " set errors.tolerance=all to leave such records out.")
                    .contains("stage=TASK_PUT")
                    .contains("record=lines-0@3 attempt=4 code=TASK_PUT_RECORD]");
            assertThat(values(sink)).containsExactly("a", "b", "c");
            awaitCommit(worker, out, 3);
            assertThat(worker.records("dead")).isEmpty();
        }
    }

    @Test
    void refusedRecordsAreFoundAmongTheOthersWhichLandInOrderOnce() {
        try (TestingWorker worker = TestingWorker.in(folder)) {
            feed(worker, "refused1", "a", "b", "c", "refused2", "refused3", "d", "poison", "e", "refused4");
            worker.apply(tolerant());
            awaitCommit(worker, out, 10);

            assertThat(values(sink)).containsExactly("a", "b", "c", "d", "e");
            assertThat(worker.texts("dead")).containsExactly("refused1", "refused2", "refused3", "poison", "refused4");
            assertThat(headers(worker.records("dead").get(1)))
                    .containsEntry("__connect.errors.stage", "TASK_PUT")
                    .containsEntry("__connect.errors.offset", "4");
        }
    }

    @Test
    void withoutATopicRefusedRecordsAreLeftOut() {
        try (TestingWorker worker = TestingWorker.in(folder)) {
            feed(worker, "a", "refused", "b");
            worker.apply(sink(out, "errors.tolerance", "all"));
            awaitCommit(worker, out, 3);

            assertThat(values(sink)).containsExactly("a", "b");
        }
    }

    @Test
    void aRecordThatCrashesTheSinkIsBlamedOnceTheSinkTakesOthers() {
        try (TestingWorker worker = TestingWorker.in(folder)) {
            feed(worker, "crash1", "a", "crash2", "crash3", "b");
            worker.apply(tolerant());
            awaitCommit(worker, out, 5);

            assertThat(values(sink)).containsExactly("a", "b");
            assertThat(worker.texts("dead")).containsExactly("crash1", "crash2", "crash3");
        }
    }

    @Test
    void theLastRecordThatWasTakenIsPutOnceMoreWhereNothingFollowsASuspect() {
        try (TestingWorker worker = TestingWorker.in(folder)) {
            feed(worker, "a", "b", "crash1", "crash2");
            worker.apply(tolerant());
            awaitCommit(worker, out, 4);

            assertThat(values(sink)).containsExactly("a", "b", "b");
            assertThat(worker.texts("dead")).containsExactly("crash1", "crash2");
        }
    }

    @Test
    void aSinkThatTakesNothingFailsAndNothingBecomesADeadLetter() {
        sink.at("put", first -> {
            throw new IllegalStateException("connection refused");
        });
        try (TestingWorker worker = TestingWorker.in(folder)) {
            feed(worker, "a", "b", "c");
            worker.apply(tolerant());
            worker.awaitTask(out, RunState.FAILED);

            assertThat(worker.task(out, 0).status().trace())
                    .startsWith("Cannot put: java.lang.IllegalStateException: connection refused. [connector=")
                    .doesNotContain("record=");
            assertThat(worker.records("dead")).isEmpty();
        }
    }

    @Test
    void aSinkThatGoesDownWhileABatchIsDividedFailsAndWhatItRefusedStays() {
        AtomicInteger puts = new AtomicInteger();
        sink.at("put", first -> {
            if (puts.incrementAndGet() > 2) { // The whole batch, and the first half.
                throw new IllegalStateException("connection reset");
            }
        });
        try (TestingWorker worker = TestingWorker.in(folder)) {
            feed(worker, "a", "b", "crash", "c", "d", "e");
            worker.apply(tolerant());
            worker.awaitTask(out, RunState.FAILED);

            assertThat(worker.records("dead")).isEmpty();
            sink.calm("put");
            worker.restart();
            worker.apply(tolerant());
            awaitCommit(worker, out, 6);

            assertThat(worker.texts("dead")).containsExactly("crash");
            assertThat(values(sink)).contains("a", "b", "c", "d", "e");
        }
    }

    @Test
    void aBusySinkIsAskedAgainWhileABatchIsDividedAndNoRecordIsBlamedForIt() {
        AtomicInteger puts = new AtomicInteger();
        sink.at("put", first -> {
            if (puts.incrementAndGet() % 3 == 2) {
                throw RetriableException.after(Duration.ofMillis(1), "Cannot write: busy.", null);
            }
        });
        try (TestingWorker worker = TestingWorker.in(folder)) {
            feed(worker, "a", "refused", "b", "c", "d", "crash", "e");
            worker.apply(tolerant());
            awaitCommit(worker, out, 7);

            assertThat(values(sink)).containsExactly("a", "b", "c", "d", "e");
            assertThat(worker.texts("dead")).containsExactly("refused", "crash");
            assertThat(worker.worker().herder().view().connectors()).isNotEmpty();
        }
    }

    @Test
    void aSinkThatStaysBusyFailsAfterTheTimeThatItsSettingsSay() {
        sink.at("put", first -> {
            throw RetriableException.after(Duration.ofMillis(1), "Cannot write: busy.", null);
        });
        try (TestingWorker worker = TestingWorker.in(folder)) {
            feed(worker, "a");
            worker.apply(tolerant("sink.put.retry.timeout.ms", "30"));
            worker.awaitTask(out, RunState.FAILED);

            assertThat(worker.task(out, 0).status().trace())
                    .startsWith("Cannot write: busy. It was tried again until the time for retries was over.")
                    .contains("code=TASK_PUT_RETRIABLE]");
            assertThat(worker.records("dead")).isEmpty();
        }
    }

    @Test
    void whatTheTaskReportsBecomesADeadLetterWithTheBytesOfTheLogUnlessTheTaskChangedIt() {
        try (TestingWorker worker = TestingWorker.in(folder)) {
            feed(worker, "a", "bad", "changed", "b");
            worker.apply(tolerant());
            awaitCommit(worker, out, 4);

            assertThat(values(sink)).containsExactly("a", "b");
            assertThat(worker.texts("dead")).containsExactly("bad", "corrected");
            assertThat(headers(worker.records("dead").get(0)))
                    .containsEntry("__connect.errors.stage", "TASK_PUT")
                    .containsEntry("__connect.errors.class.name", "dev.sluice.runtime.fake.FakeSink")
                    .containsEntry("__connect.errors.offset", "1");
        }
    }

    @Test
    void aRecordOfAnEarlierBatchAndFromAnotherThreadIsReadFromTheLogAgain() {
        sink.at("flush", none -> sink.perform("reportFirst", "late"));
        try (TestingWorker worker = TestingWorker.in(folder, "sink.batch.records.max", "1")) {
            feed(worker, "a", "b", "c");
            worker.apply(tolerant());
            Waiting.until("it is a dead letter", () -> !worker.records("dead").isEmpty());

            assertThat(worker.texts("dead").get(0)).isEqualTo("a");
            awaitCommit(worker, out, 3);
        }
    }

    @Test
    void nothingIsCommittedOverADeadLetterThatCannotBeWritten() {
        try (TestingWorker worker = TestingWorker.in(folder, "broker.message.max.bytes", "1500")) {
            feed(worker, "a", "poison", "b"); // The stack trace among the headers is larger than the log allows.
            worker.apply(tolerant());
            worker.awaitTask(out, RunState.FAILED);

            assertThat(worker.task(out, 0).status().trace()).contains("stage=KAFKA_PRODUCE plugin=the dead letters");
            assertThat(worker.worker().transport().committedOffsets("connect-" + out))
                    .isEmpty();
            assertThat(worker.records("dead")).isEmpty();
        }
    }

    @Test
    void aSpentBudgetStopsTheTaskBeforeTheNextRecordThatWouldBeLeftOut() {
        try (TestingWorker worker = TestingWorker.in(folder)) {
            feed(worker, "refused1", "a", "poison", "b", "refused2", "c", "refused3");
            worker.apply(tolerant("errors.budget.records", "2", "errors.budget.window", "1h"));
            worker.awaitTask(out, RunState.PAUSED);

            assertThat(worker.connector(out).target().reason())
                    .startsWith("Cannot go on: more than 2 records failed within 3600000 ms (errors.budget.records,"
                            + " errors.budget.window). Look at the dead letters in topic dead, correct the cause, then"
                            + " resume the connector. The last one was lines-0@4: Cannot write the record: it is"
                            + " refused. Leave it out.");
            awaitCommit(worker, out, 4);
            assertThat(values(sink)).containsExactly("a", "b");
            assertThat(worker.texts("dead")).containsExactly("refused1", "poison");
            worker.worker().herder().resume(out).join();
            awaitCommit(worker, out, 7);

            assertThat(values(sink)).containsExactly("a", "b", "c");
            assertThat(worker.texts("dead")).containsExactly("refused1", "poison", "refused2", "refused3");
        }
    }

    /** Fault of others: a batch that failed in part comes again whole, and late, so that an older value wins. */
    @Test
    void theOrderOfEachKeyHoldsHoweverOftenPartsOfBatchesFail() {
        AtomicInteger puts = new AtomicInteger();
        sink.at("put", first -> {
            if (puts.incrementAndGet() % 5 == 0) {
                throw RetriableException.after(Duration.ofMillis(1), "Cannot write: busy.", null);
            }
        });
        List<String> lines = Stream.iterate(0, i -> i + 1)
                .limit(400)
                .map(i -> (i % 17 == 3 ? "refused" : i % 23 == 5 ? "crash" : "line") + i)
                .toList();
        try (TestingWorker worker = TestingWorker.in(folder, "sink.batch.records.max", "64")) {
            feed(worker, lines.toArray(String[]::new));
            worker.apply(tolerant());
            awaitCommit(worker, out, 400);

            List<String> good =
                    lines.stream().filter(line -> line.startsWith("line")).toList();
            assertThat(values(sink).stream().distinct()).containsExactlyElementsOf(good);
            assertThat(worker.texts("dead"))
                    .containsExactlyElementsOf(lines.stream()
                            .filter(line -> !line.startsWith("line"))
                            .toList());
            awaitOutput(sink, good.size());
        }
    }
}
