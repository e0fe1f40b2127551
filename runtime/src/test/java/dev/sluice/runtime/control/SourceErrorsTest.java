package dev.sluice.runtime.control;

import static dev.sluice.runtime.control.TestingWorker.headers;
import static dev.sluice.runtime.control.TestingWorker.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.config.ConnectorFile;
import dev.sluice.runtime.fake.FakeWorld;
import dev.sluice.testkit.Waiting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of records of a source that cannot be transformed or converted, or that it reports itself. */
class SourceErrorsTest {
    @TempDir
    Path folder;

    private String in = "";
    private FakeWorld source = FakeWorld.of("");

    @BeforeEach
    void makeWorld(TestInfo test) {
        in = test.getTestMethod().orElseThrow().getName()
                + test.getDisplayName().replaceAll("[^a-z]", "");
        source = FakeWorld.of(in);
    }

    private ConnectorFile tolerant(String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "batch",
                "4",
                "errors.tolerance",
                "all",
                "errors.deadletterqueue.topic.name",
                "dead",
                "errors.deadletterqueue.context.headers.enable",
                "true"));
        settings.addAll(List.of(more));
        return source(in, settings.toArray(String[]::new));
    }

    private void awaitCall(String call) {
        Waiting.until("there was the call " + call, () -> source.calls().contains(call));
    }

    @ParameterizedTest
    @ValueSource(strings = {"disabled", "enabled"})
    void aRecordThatCannotBeConvertedBecomesADeadLetter(String exactlyOnce) {
        source.input().addAll(List.of("a", "poison", "b", "poison", "c"));
        try (TestingWorker worker = TestingWorker.in(folder, "exactly.once.source.support", exactlyOnce)) {
            worker.apply(tolerant());
            awaitCall("commit 5");

            assertThat(worker.texts("lines")).containsExactly("a", "b", "c");
            assertThat(worker.texts("dead")).containsExactly("\"poison\"", "\"poison\"");
            assertThat(headers(worker.records("dead").get(1)))
                    .containsEntry("__connect.errors.topic", "lines")
                    .containsEntry("__connect.errors.connector.name", in)
                    .containsEntry("__connect.errors.stage", "VALUE_CONVERTER")
                    .containsEntry("__sluice.errors.source.partition", "{\"task\":0}")
                    .containsEntry("__sluice.errors.source.offset", "{\"next\":4}")
                    .containsEntry("__sluice.errors.value.content.type", "application/json")
                    .doesNotContainKeys("__connect.errors.partition", "__connect.errors.offset");
        }
        assertThat(source.calls())
                .contains("commitRecord a lines-0@0", "commitRecord poison null", "commitRecord b lines-0@1");
    }

    @Test
    void whatTheSourceReportsBecomesADeadLetterAndItsPositionIsStored() {
        source.input().addAll(List.of("unreadable1", "a", "unreadable2"));
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(tolerant("batch", "1"));
            awaitCall("commit 3");

            assertThat(worker.texts("lines")).containsExactly("a");
            assertThat(worker.texts("dead")).containsExactly("\"unreadable1\"", "\"unreadable2\"");
            assertThat(headers(worker.records("dead").get(0)))
                    .containsEntry("__connect.errors.stage", "TASK_POLL")
                    .containsEntry(
                            "__connect.errors.exception.message",
                            "Cannot read the line: it is unreadable. Correct it.");
        }
    }

    @Test
    void deadLettersOfATransactionThatTheSourceAbortsAreDroppedWithIt() {
        source.input().addAll(List.of("a", "poison", "b-abort", "c", "poison", "d-commit"));
        try (TestingWorker worker = TestingWorker.in(folder, "exactly.once.source.support", "enabled")) {
            worker.apply(tolerant("transaction.boundary", "connector"));
            awaitCall("commit 6");

            assertThat(worker.texts("lines")).containsExactly("c", "d-commit");
            assertThat(worker.texts("dead")).containsExactly("\"poison\"");
        }
    }

    @Test
    void aSpentBudgetStopsTheTaskBeforeTheNextRecordThatWouldBeLeftOut() {
        source.input().addAll(List.of("a", "poison", "b", "poison", "c", "poison", "d"));
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(tolerant("batch", "10", "errors.budget.records", "2"));
            worker.awaitTask(in, RunState.PAUSED);

            assertThat(worker.connector(in).target().reason())
                    .startsWith("Cannot go on: more than 2 records failed within 60000 ms (errors.budget.records,"
                            + " errors.budget.window). Look at the dead letters in topic dead, correct the cause, then"
                            + " resume the connector. The last one was source offset {next=6} of {task=0}: Cannot convert"
                            + " the text: it is poison. Leave it out.");
            assertThat(worker.texts("lines")).containsExactly("a", "b", "c");
            assertThat(worker.texts("dead")).hasSize(2);
            awaitCall("commit 5");
            worker.worker().herder().resume(in).join();
            awaitCall("start 5");
            awaitCall("commit 7");

            assertThat(worker.texts("lines")).containsExactly("a", "b", "c", "d");
            assertThat(worker.texts("dead")).hasSize(3);
        }
    }

    @Test
    void withoutATopicSuchRecordsAreLeftOut() {
        source.input().addAll(List.of("a", "poison", "unreadable", "b"));
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(tolerant("errors.deadletterqueue.topic.name", ""));
            awaitCall("commit 4");

            assertThat(worker.texts("lines")).containsExactly("a", "b");
        }
    }
}
