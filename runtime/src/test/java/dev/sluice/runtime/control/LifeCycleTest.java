package dev.sluice.runtime.control;

import static dev.sluice.runtime.control.TestingWorker.awaitOutput;
import static dev.sluice.runtime.control.TestingWorker.pairs;
import static dev.sluice.runtime.control.TestingWorker.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.RetriableException;
import dev.sluice.runtime.config.InitialState;
import dev.sluice.runtime.fake.FakeWorld;
import dev.sluice.runtime.store.TargetState;
import dev.sluice.testkit.Waiting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A connector through its life, as a client of {@link Connectors} sees it, restarts of the worker included. */
class LifeCycleTest {
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

    private static Map<String, String> config(String world, String kind, String... more) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("connector.class", kind);
        config.put("world", world);
        config.put("tasks.max", "4");
        config.put("restart.backoff.ms", "20");
        if (kind.equals("FakeSink")) {
            config.put("topics", "lines");
        }
        config.putAll(pairs(more));
        return config;
    }

    private static Configured create(TestingWorker worker, String name, Map<String, String> config) {
        return worker.herder().create(name, config, InitialState.RUNNING).join();
    }

    private static void awaitLife(TestingWorker worker, String name, RunState state) {
        worker.awaitConnector(name, state);
        worker.awaitTask(name, state);
    }

    private static Throwable refusal(CompletableFuture<?> future) {
        try {
            Object done = future.join();
            throw new AssertionError("expected a refusal, got " + done);
        } catch (CompletionException failed) {
            return Objects.requireNonNull(failed.getCause());
        }
    }

    @Test
    void aNewConnectorRunsAndIsThereAfterARestart() {
        source.input().addAll(List.of("a", "b"));
        try (TestingWorker worker = TestingWorker.in(folder)) {
            Configured made = create(worker, in, config(in, "FakeSource", "tasks", "2"));

            assertThat(made.isNew()).isTrue();
            assertThat(made.connector().tasks()).hasSize(2);
            assertThat(made.connector().config()).containsEntry("name", in);
            assertThat(worker.herder().names()).containsExactly(in);
            assertThat(create(worker, out, config(out, "FakeSink")).warnings()).isEmpty();
            awaitOutput(sink, 4);
            worker.restart();
            worker.apply();
            awaitLife(worker, in, RunState.RUNNING);
            awaitLife(worker, out, RunState.RUNNING);
        }
    }

    @Test
    void aNameThatIsTakenAndWrongSettingsChangeNothing() {
        try (TestingWorker worker = TestingWorker.in(folder)) {
            create(worker, in, config(in, "FakeSource"));

            assertThat(refusal(worker.herder().create(in, config(in, "FakeSink"), InitialState.RUNNING)))
                    .hasMessage("Connector " + in + " already exists")
                    .extracting(refused -> ((RequestRefused) refused).reason())
                    .isEqualTo(RequestRefused.Reason.EXISTS);
            assertThat(refusal(worker.herder().configure(in, config(in, "FakeSource", "tasks.max", "none"))))
                    .hasMessageStartingWith(
                            "Connector configuration is invalid and contains the following 1 error(s):\n"
                                    + "Cannot use tasks.max=none: it must be a whole number");
            assertThat(refusal(worker.herder().configure(in, config(in, "FakeSource", "name", "other"))))
                    .hasMessage("Connector name configuration (other) doesn't match connector name in the URL (" + in
                            + ")");
            assertThat(refusal(worker.herder().configure("x", config(in, "NoSuchClass"))))
                    .hasMessageStartingWith("Failed to find any class that implements Connector and which name matches"
                            + " NoSuchClass.");
            assertThat(worker.herder().names()).containsExactly(in);
            assertThat(worker.connector(in).config()).containsEntry("tasks.max", "4");
            assertThat(worker.herder().history(in).orElseThrow()).hasSize(1);
        }
    }

    @Test
    void filesThatAreRefusedSayToWhichNamesNobodyKnows() {
        try (TestingWorker worker = TestingWorker.in(folder)) {
            assertThatThrownBy(() -> worker.apply(TestingWorker.source(in, "tasks.max", "none", "batchs", "1")))
                    .hasMessageContaining(in + ".properties: Cannot use tasks.max=none: it must be a whole number")
                    .hasMessageEndingWith("\n" + in
                            + ".properties: Setting batchs is not known and has no effect. Did you mean batch?");
        }
    }

    @Test
    void pausedTasksIdleAndGoOnWhereTheyWere() {
        source.input().add("a");
        try (TestingWorker worker = TestingWorker.in(folder)) {
            create(worker, in, config(in, "FakeSource"));
            create(worker, out, config(out, "FakeSink"));
            awaitOutput(sink, 1);
            worker.herder().pause(out).join();
            awaitLife(worker, out, RunState.PAUSED);
            source.input().add("b");
            Waiting.until("the source has read b", () -> source.calls().contains("commit 2"));
            assertThat(values(sink)).containsExactly("a");

            worker.herder().resume(out).join();
            awaitOutput(sink, 2);
            awaitLife(worker, out, RunState.RUNNING);

            assertThat(values(sink)).containsExactly("a", "b");
            assertThat(sink.calls()).doesNotContain("stop");
        }
    }

    @Test
    void aSinkWhoseServerIsAwayCanBePausedAndKeepsItsBatch() {
        AtomicBoolean isAway = new AtomicBoolean(true);
        sink.at("put", first -> {
            if (isAway.get()) {
                throw new RetriableException("Cannot write: the server is away.");
            }
        });
        source.input().addAll(List.of("a", "b"));
        try (TestingWorker worker = TestingWorker.in(folder)) {
            create(worker, in, config(in, "FakeSource"));
            create(worker, out, config(out, "FakeSink"));
            awaitLife(worker, out, RunState.RUNNING);
            Waiting.until("the source has read all", () -> source.calls().contains("commit 2"));
            worker.herder().pause(out).join();
            awaitLife(worker, out, RunState.PAUSED);
            isAway.set(false);
            assertThat(sink.output()).isEmpty();

            worker.herder().resume(out).join();
            awaitOutput(sink, 2);
            awaitLife(worker, out, RunState.RUNNING);
            assertThat(values(sink)).containsExactly("a", "b");
        }
    }

    @Test
    void whatWasPausedOrStoppedStaysSoOverARestart() {
        source.input().add("a");
        try (TestingWorker worker = TestingWorker.in(folder)) {
            create(worker, in, config(in, "FakeSource"));
            create(worker, out, config(out, "FakeSink"));
            awaitOutput(sink, 1);
            worker.herder().pause(out).join();
            worker.herder().stop(in).join();
            worker.awaitConnector(in, RunState.STOPPED);
            worker.restart();
            worker.apply();

            assertThat(worker.connector(in).status().state()).isEqualTo(RunState.STOPPED);
            assertThat(worker.connector(in).tasks()).isEmpty();
            awaitLife(worker, out, RunState.PAUSED);
            source.input().add("b");
            worker.herder().resume(in).join();
            worker.herder().resume(out).join();
            awaitOutput(sink, 2);
            assertThat(values(sink)).containsExactly("a", "b");
        }
    }

    @Test
    void initialStatesHold() {
        try (TestingWorker worker = TestingWorker.in(folder)) {
            Configured stopped = worker.herder()
                    .create(in, config(in, "FakeSource"), InitialState.STOPPED)
                    .join();
            Configured paused = worker.herder()
                    .create(out, config(out, "FakeSink"), InitialState.PAUSED)
                    .join();

            assertThat(stopped.connector().status().state()).isEqualTo(RunState.STOPPED);
            assertThat(paused.connector().status().state()).isEqualTo(RunState.PAUSED);
            assertThat(paused.connector().target().state()).isEqualTo(TargetState.PAUSED);
            assertThat(source.calls()).isEmpty();
            worker.herder().resume(in).join();
            awaitLife(worker, in, RunState.RUNNING);
        }
    }

    @Test
    void changesAreRememberedAndCanBeTakenBack() {
        try (TestingWorker worker = TestingWorker.in(folder)) {
            create(worker, in, config(in, "FakeSource", "tasks", "1"));
            worker.herder()
                    .configure(in, config(in, "FakeSource", "tasks", "3"))
                    .join();
            Map<String, @Nullable String> changes = new LinkedHashMap<>();
            changes.put("tasks", "2");
            changes.put("tasks.max", null);
            Configured patched = worker.herder().patch(in, changes).join();

            assertThat(patched.isNew()).isFalse();
            assertThat(patched.connector().tasks()).hasSize(1); // tasks.max is 1 without a value of its own
            assertThat(patched.connector().config()).doesNotContainKey("tasks.max");
            Configured back = worker.herder().rollback(in, 2).join();
            assertThat(back.connector().tasks()).hasSize(3);
            assertThat(worker.herder().history(in).orElseThrow())
                    .extracting(version -> version.version() + " " + version.origin() + " "
                            + version.config().get("tasks"))
                    .containsExactly("1 rest 1", "2 rest 3", "3 rest 2", "4 rollback to 2 3");
            assertThat(refusal(worker.herder().rollback(in, 9)))
                    .hasMessage("Connector " + in + " has no version 9 of its settings");
        }
    }

    @Test
    void restartsWhatIsAskedAndNothingElse() {
        AtomicInteger starts = new AtomicInteger();
        source.at("taskStart", index -> starts.incrementAndGet());
        try (TestingWorker worker = TestingWorker.in(folder)) {
            create(worker, in, config(in, "FakeSource", "tasks", "3"));
            Waiting.until("three tasks run", () -> starts.get() == 3);
            awaitLife(worker, in, RunState.RUNNING);

            worker.herder().restartTask(in, 1).join();
            Waiting.until("one task has started again", () -> starts.get() == 4);
            ConnectorView planned =
                    worker.herder().restart(in, new RestartScope(true, false)).join();
            assertThat(planned.status().state()).isEqualTo(RunState.RESTARTING);
            Waiting.until("all have started again", () -> starts.get() == 7);
            worker.awaitTask(in, RunState.RUNNING);
            worker.herder().restart(in, new RestartScope(true, true)).join();
            worker.herder().restart(in, new RestartScope(false, false)).join();
            worker.awaitConnector(in, RunState.RUNNING);

            assertThat(starts).hasValue(7);
            assertThat(refusal(worker.herder().restartTask(in, 3))).hasMessage("Unknown task: " + in + "-3");
            assertThat(refusal(worker.herder().restart("none", new RestartScope(true, false))))
                    .hasMessage("Unknown connector: none");
        }
    }

    @Test
    void whatFailedComesBackByItself() {
        AtomicInteger polls = new AtomicInteger();
        source.at("poll", next -> {
            if (polls.incrementAndGet() <= 3) {
                throw new IllegalStateException("the disk is gone");
            }
        });
        source.input().add("a");
        try (TestingWorker worker = TestingWorker.in(folder)) {
            create(worker, in, config(in, "FakeSource"));
            create(worker, out, config(out, "FakeSink"));
            awaitOutput(sink, 1);
            worker.awaitTask(in, RunState.RUNNING);

            assertThat(worker.task(in, 0).status().recovery().restarts()).isEqualTo(3);
            assertThat(source.calls()).containsSubsequence("start 0", "start 0", "start 0", "start 0");
        }
    }

    @Test
    void aStartThatFailedIsTriedAgainWithItsNextTimeShown() {
        source.at("start", name -> {
            throw new IllegalStateException("no network");
        });
        try (TestingWorker worker = TestingWorker.in(folder)) {
            Configured made = create(
                    worker,
                    in,
                    config(in, "FakeSource", "restart.backoff.ms", "3600000", "restart.backoff.max.ms", "3600000"));
            Waiting.until(
                    "a start is planned",
                    () -> worker.connector(in).status().recovery().isPlanned());

            assertThat(made.connector().tasks()).isEmpty();
            assertThat(worker.connector(in).status().state()).isEqualTo(RunState.FAILED);
            source.calm("start");
            worker.herder().restart(in, new RestartScope(true, true)).join();
            awaitLife(worker, in, RunState.RUNNING);
            assertThat(worker.connector(in).status().recovery().isPlanned()).isFalse();
        }
    }

    @Test
    void aPoisonRecordAndAPolicyAgainstItKeepWhatFailedDown() {
        source.input().add("poison");
        FakeWorld second = FakeWorld.of(in + "-never");
        second.at("poll", next -> {
            throw new IllegalStateException("broken");
        });
        try (TestingWorker worker = TestingWorker.in(folder)) {
            create(worker, in, config(in, "FakeSource"));
            create(worker, "never", config(in + "-never", "FakeSource", "restart.policy", "never"));
            worker.awaitTask(in, RunState.FAILED);
            worker.awaitTask("never", RunState.FAILED);

            assertThat(worker.task(in, 0).status().recovery().isPlanned()).isFalse();
            assertThat(worker.task(in, 0).status().recovery().coordinates()).contains("next=1");
            assertThat(worker.task("never", 0).status().recovery().isPlanned()).isFalse();
        }
    }

    @Test
    void deletedConnectorsAreGoneAndCanBeMadeAnew() {
        source.input().addAll(List.of("a", "b"));
        try (TestingWorker worker = TestingWorker.in(folder)) {
            create(worker, in, config(in, "FakeSource"));
            Waiting.until("the position is stored", () -> source.calls().contains("commit 2"));
            worker.herder().delete(in).join();

            assertThat(worker.herder().names()).isEmpty();
            assertThat(worker.herder().history(in)).isEmpty();
            assertThat(refusal(worker.herder().delete(in))).hasMessage("Connector " + in + " not found");
            worker.restart();
            worker.apply();
            assertThat(worker.herder().names()).isEmpty();
            create(worker, in, config(in, "FakeSource"));
            Waiting.until("it goes on where it was", () -> source.calls().contains("start 2"));
        }
    }

    @Test
    void offsetsOfStoppedConnectorsCanBeChanged() {
        source.input().addAll(List.of("a", "b", "c"));
        try (TestingWorker worker = TestingWorker.in(folder)) {
            create(worker, in, config(in, "FakeSource"));
            create(worker, out, config(out, "FakeSink"));
            awaitOutput(sink, 3);
            Waiting.until("offsets are committed", () -> !offsets(worker, out).isEmpty());
            assertThat(refusal(worker.herder().resetOffsets(in, new OffsetReset.Forget())))
                    .hasMessage("Connector " + in + " must be in the STOPPED state before its offsets can be reset");
            worker.herder().stop(in).join();
            worker.herder().stop(out).join();

            Map<String, @Nullable Object> partition = new LinkedHashMap<>(Map.of("task", 0));
            String altered = worker.herder()
                    .alterOffsets(in, List.of(new OffsetEntry(partition, new LinkedHashMap<>(Map.of("next", 2L)))))
                    .join();
            assertThat(altered).startsWith("The framework-managed offsets for this connector have been altered");
            assertThat(offsets(worker, in)).containsExactly("{task=0} {next=2}");
            assertThat(offsets(worker, out)).containsExactly("{kafka_topic=lines, kafka_partition=0} {kafka_offset=3}");
            assertThat(worker.herder()
                            .resetOffsets(out, new OffsetReset.Earliest())
                            .join())
                    .startsWith("The framework-managed offsets for this connector have been reset");
            assertThat(offsets(worker, out)).containsExactly("{kafka_topic=lines, kafka_partition=0} {kafka_offset=0}");
            worker.herder().resume(in).join();
            worker.herder().resume(out).join();
            awaitOutput(sink, 7);
            assertThat(values(sink)).containsExactly("a", "b", "c", "a", "b", "c", "c");
        }
    }

    @Test
    void offsetsOfSinksGoToAnyTimeOrAreForgotten() {
        source.input().addAll(List.of("a", "b", "c"));
        try (TestingWorker worker = TestingWorker.in(folder)) {
            create(worker, in, config(in, "FakeSource"));
            create(worker, out, config(out, "FakeSink"));
            awaitOutput(sink, 3);
            worker.herder().stop(out).join();

            assertThat(reset(worker, new OffsetReset.At(0))).containsExactly("0");
            assertThat(reset(worker, new OffsetReset.At(Long.MAX_VALUE))).containsExactly("3");
            assertThat(reset(worker, new OffsetReset.Earliest())).containsExactly("0");
            assertThat(reset(worker, new OffsetReset.Latest())).containsExactly("3");
            assertThat(reset(worker, new OffsetReset.Forget())).isEmpty();
            Map<String, @Nullable Object> place =
                    new LinkedHashMap<>(Map.of("kafka_topic", "none", "kafka_partition", "0"));
            assertThat(refusal(worker.herder()
                            .alterOffsets(
                                    out,
                                    List.of(new OffsetEntry(place, new LinkedHashMap<>(Map.of("kafka_offset", 1)))))))
                    .hasMessage("Cannot change offsets: partition 0 of topic none does not exist");
            assertThatThrownBy(() -> worker.herder().offsets("none").join())
                    .hasMessageContaining("Connector none not found");
        }
    }

    private List<String> reset(TestingWorker worker, OffsetReset to) {
        assertThat(worker.herder().resetOffsets(out, to).join()).contains("reset");
        return worker.herder().offsets(out).join().stream()
                .map(entry -> String.valueOf(entry.offset()).replaceAll("\\D", ""))
                .toList();
    }

    private static List<String> offsets(TestingWorker worker, String name) {
        return worker.herder().offsets(name).join().stream()
                .map(entry -> entry.partition() + " " + entry.offset())
                .toList();
    }

    /** One that hangs delays its own changes only. */
    @Test
    void changingOneNeverDisturbsAnother() {
        AtomicInteger starts = new AtomicInteger();
        FakeWorld busy = FakeWorld.of(in + "-busy");
        busy.at("taskStart", index -> starts.incrementAndGet());
        source.at("start", name -> Waiting.until("never", () -> false));
        try (TestingWorker worker = TestingWorker.in(folder, "task.call.timeout.ms", "30000")) {
            create(worker, "busy", config(in + "-busy", "FakeSource"));
            CompletableFuture<Configured> hanging =
                    worker.herder().create(in, config(in, "FakeSource"), InitialState.RUNNING);
            List<CompletableFuture<?>> changes = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                changes.add(worker.herder().create("c" + i, config(in + "-c", "FakeSource"), InitialState.RUNNING));
            }
            CompletableFuture.allOf(changes.toArray(CompletableFuture[]::new)).join();

            assertThat(hanging).isNotDone();
            assertThat(starts).hasValue(1);
            assertThat(Arrays.asList("c0", "c4")).isSubsetOf(worker.herder().names());
        }
    }
}
