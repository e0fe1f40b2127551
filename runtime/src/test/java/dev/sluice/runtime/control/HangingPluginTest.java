package dev.sluice.runtime.control;

import static dev.sluice.runtime.control.TestingWorker.awaitOutput;
import static dev.sluice.runtime.control.TestingWorker.sink;
import static dev.sluice.runtime.control.TestingWorker.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.fake.FakeWorld;
import dev.sluice.testkit.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin call that does not come back harms its own connector only, and that one says so. */
class HangingPluginTest {
    private static final String BUDGET_MILLIS = "150";
    private static final Duration SHUTDOWN = Duration.ofMillis(300);

    @TempDir
    Path folder;

    private final CountDownLatch release = new CountDownLatch(1);
    private String in = "";
    private String out = "";
    private String hanging = "";

    @BeforeEach
    void makeWorlds(TestInfo test) {
        String name = test.getDisplayName().replaceAll("[^a-zA-Z]+", "-");
        in = "hin-" + name;
        out = "hout-" + name;
        hanging = "hang-" + name;
    }

    @AfterEach
    void releaseAll() {
        release.countDown();
        for (String kind : List.of("source", "sink")) {
            for (String call : List.of("constructor", "configSpec", "validate", "createTask")) {
                FakeWorld.of(kind).calm(call);
            }
        }
    }

    private TestingWorker worker() {
        return TestingWorker.in(
                folder,
                "task.call.timeout.ms",
                BUDGET_MILLIS,
                "task.shutdown.graceful.timeout.ms",
                Long.toString(SHUTDOWN.toMillis()));
    }

    /** Hangs in a way that an interrupt does not end. */
    private void spin(String what) {
        while (release.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    /** Hangs until it is interrupted, and then fails as many drivers do. */
    private void sleep(String what) {
        try {
            release.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("the driver was interrupted", interrupted);
        }
    }

    private void requireOthersFlow(TestingWorker worker) {
        FakeWorld.of(in).input().addAll(List.of("a", "b", "c"));
        int before = FakeWorld.of(out).output().size();
        awaitOutput(FakeWorld.of(out), before + 3);
        assertThat(worker.task(in, 0).status().state()).isEqualTo(RunState.RUNNING);
        assertThat(worker.task(out, 0).status().state()).isEqualTo(RunState.RUNNING);
    }

    private void requireQuickEnd(TestingWorker worker) {
        long start = System.nanoTime();
        worker.worker().close();
        // The shutdown time, and what a busy machine adds.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHUTDOWN.plusSeconds(5));
    }

    private RunState stateOf(TestingWorker worker, boolean isTask) {
        ConnectorView view = worker.connector(hanging);
        if (!isTask) {
            return view.status().state();
        }
        return view.tasks().isEmpty()
                ? RunState.UNASSIGNED
                : view.tasks().get(0).status().state();
    }

    private void requireStuck(TestingWorker worker, boolean isTask, String stage) {
        Waiting.until("it is stuck in " + stage, () -> stateOf(worker, isTask) == RunState.STUCK);
        ConnectorView view = worker.connector(hanging);
        StatusView status = isTask ? view.tasks().get(0).status() : view.status();
        assertThat(status.trace())
                .startsWith("Cannot go on: the plugin call " + stage + " did not come back within " + BUDGET_MILLIS
                        + " ms (task.call.timeout.ms). Look at the thread ");
    }

    @ParameterizedTest
    @CsvSource({
        "start,false,start",
        "taskConfigs,false,start",
        "taskStart,true,start",
        "poll,true,poll",
        "commit,true,commit"
    })
    void aHangingSourceIsStuckAndHarmsNobody(String call, boolean isTask, String stage) {
        FakeWorld.of(hanging).at(call, this::spin);
        FakeWorld.of(hanging).input().add("x");
        try (TestingWorker worker = worker()) {
            worker.apply(source(hanging, "topic", "other"), source(in), sink(out));
            requireStuck(worker, isTask, stage);
            requireOthersFlow(worker);
            requireQuickEnd(worker);
        }
    }

    @ParameterizedTest
    @CsvSource({"taskStart,start", "open,open or close", "put,put", "flush,flush"})
    void aHangingSinkIsStuckAndHarmsNobody(String call, String stage) {
        FakeWorld.of(hanging).at(call, this::spin);
        try (TestingWorker worker = worker()) {
            worker.apply(sink(hanging), source(in), sink(out));
            FakeWorld.of(in).input().add("x");
            requireStuck(worker, true, stage);
            awaitOutput(FakeWorld.of(out), 1);
            requireOthersFlow(worker);
            requireQuickEnd(worker);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "taskStop", "stop"})
    void aHangingStopEndsWithinTheShutdownTime(String call) {
        FakeWorld.of(hanging).at(call, this::spin);
        FakeWorld.of(in).input().add("x");
        try (TestingWorker worker = worker()) {
            worker.apply(sink(hanging), source(in));
            awaitOutput(FakeWorld.of(hanging), 1);

            requireQuickEnd(worker);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"constructor", "configSpec", "validate", "createTask"})
    void aPluginThatHangsBeforeItHasSettingsIsNotedAndHarmsNobody(String call) {
        FakeWorld.of("source").at(call, this::spin);
        FakeWorld.of(out).input();
        try (TestingWorker worker = worker()) {
            List<String> notes = worker.apply(source(hanging), sink(out));
            if (call.equals("createTask")) {
                requireStuck(worker, true, "start");
            } else {
                assertThat(notes)
                        .contains(hanging + ".properties: connector.class: Its settings could not be checked:"
                                + " dev.sluice.runtime.fake.FakeSource did not answer within 150 ms"
                                + " (task.call.timeout.ms).");
            }
            if (call.equals("constructor") || call.equals("configSpec")) {
                requireStuck(worker, false, "start");
            }
            worker.awaitTask(out, RunState.RUNNING);
            requireQuickEnd(worker);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"taskStart", "poll", "commit"})
    void aCallThatAnInterruptEndsFailsWithTheReason(String call) {
        FakeWorld.of(hanging).at(call, this::sleep);
        FakeWorld.of(hanging).input().add("x");
        try (TestingWorker worker = worker()) {
            worker.apply(source(hanging));
            worker.awaitTask(hanging, RunState.FAILED);

            assertThat(worker.task(hanging, 0).status().trace())
                    .startsWith("Cannot go on: the plugin call ")
                    .contains(" took more than twice task.call.timeout.ms, was interrupted, and failed with"
                            + " java.lang.IllegalStateException. Look at what it waits for. [connector=" + hanging);
        }
    }

    @Test
    void aCallThatComesBackRunsAgain() {
        Consumer<String> hang = this::spin;
        FakeWorld.of(hanging).at("poll", hang);
        try (TestingWorker worker = worker()) {
            worker.apply(source(hanging));
            worker.awaitTask(hanging, RunState.STUCK);
            FakeWorld.of(hanging).calm("poll");
            release.countDown();
            worker.awaitTask(hanging, RunState.RUNNING);
            FakeWorld.of(hanging).input().add("x");

            Waiting.until(
                    "it stores positions again",
                    () -> FakeWorld.of(hanging).calls().contains("commit 1"));
        }
    }

    @Test
    void aTaskThatWasGivenUpStoresNothingWhenItComesBack() {
        FakeWorld.of(hanging).at("poll", this::spin);
        FakeWorld.of(hanging).input().add("x");
        FakeWorld.of(hanging).input().add("y");
        try (TestingWorker worker = worker()) {
            worker.apply(source(hanging), sink(out));
            worker.awaitTask(hanging, RunState.STUCK);
            FakeWorld.of(hanging).calm("poll");
            FakeWorld.of(hanging).perform("reconfigure", "2");
            Waiting.until(
                    "its successors run",
                    () -> worker.connector(hanging).tasks().size() == 2);
            awaitOutput(FakeWorld.of(out), 4);
            release.countDown();
            Waiting.until(
                    "the one given up has ended",
                    () -> FakeWorld.of(hanging).calls().contains("stop"));
        }

        assertThat(TestingWorker.values(FakeWorld.of(out))).containsExactlyInAnyOrder("x", "y", "x", "y");
    }
}
