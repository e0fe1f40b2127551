package dev.sluice.runtime.control;

import static dev.sluice.runtime.control.TestingWorker.awaitOutput;
import static dev.sluice.runtime.control.TestingWorker.sink;
import static dev.sluice.runtime.control.TestingWorker.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.RetriableException;
import dev.sluice.runtime.fake.FakeWorld;
import dev.sluice.runtime.flow.Flow;
import dev.sluice.runtime.flow.HealthReport;
import dev.sluice.runtime.flow.Verdict;
import dev.sluice.testkit.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole worker says within seconds what its connectors do, and never that one is well which is not. */
class FlowTest {
    private static final String STALLED_AFTER = "2000";

    @TempDir
    Path folder;

    private final CountDownLatch release = new CountDownLatch(1);
    private String in = "";
    private String out = "";
    private FakeWorld source = FakeWorld.of("");
    private FakeWorld sink = FakeWorld.of("");

    @BeforeEach
    void makeWorlds(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName()
                + test.getDisplayName().replaceAll("[^a-zA-Z0-9]", "");
        in = "flow-in-" + name;
        out = "flow-out-" + name;
        source = FakeWorld.of(in);
        sink = FakeWorld.of(out);
    }

    @AfterEach
    void release() {
        release.countDown();
        FakeWorld.of("transformation").calm("apply");
    }

    private TestingWorker worker(String... settings) {
        return TestingWorker.in(
                folder,
                Stream.concat(Stream.of("flow.stalled.after.ms", STALLED_AFTER), Arrays.stream(settings))
                        .toArray(String[]::new));
    }

    private void hang(String what) {
        while (release.getCount() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static Flow flow(TestingWorker worker, String name) {
        return worker.connector(name).flow();
    }

    private static void await(TestingWorker worker, String name, Verdict verdict) {
        try {
            Waiting.until(name + " is " + verdict, () -> flow(worker, name).verdict() == verdict);
        } catch (AssertionError inVain) {
            throw new AssertionError(inVain.getMessage() + " It is: " + flow(worker, name), inVain);
        }
    }

    /** Not well, by its status, that of its task and the health of the worker. */
    private static Flow awaitAlarm(TestingWorker worker, String name, Verdict verdict) {
        await(worker, name, verdict);
        HealthReport health = worker.worker().herder().health();
        assertThat(health.isHealthy()).isFalse();
        assertThat(health.ailing()).extracting(HealthReport.Ailing::name).containsExactly(name);
        assertThat(worker.task(name, 0).flow().verdict()).isEqualTo(verdict);
        return flow(worker, name);
    }

    private static void awaitWell(TestingWorker worker) {
        Waiting.until("all are well", () -> worker.worker().herder().health().isHealthy());
    }

    @Test
    void aPipelineFlowsAndThenIsIdleWithoutLag() {
        source.input().addAll(List.of("a", "b"));
        try (TestingWorker worker = worker()) {
            worker.apply(source(in), sink(out));
            awaitOutput(sink, 2);
            await(worker, in, Verdict.FLOWING);
            await(worker, in, Verdict.IDLE);
            await(worker, out, Verdict.IDLE);
            Flow idle = flow(worker, out);
            assertThat(idle.lagRecords()).isEqualTo(0);
            assertThat(idle.lagMillis()).isEqualTo(0);
            assertThat(idle.lastReadAt()).isNotNull();
            assertThat(idle.lastWriteAt()).isNotNull();
            assertThat(idle.reason()).startsWith("There is nothing to read in its topics; records last moved ");
            awaitWell(worker);
        }
    }

    @Test
    void anEmptySourceIsIdle() {
        try (TestingWorker worker = worker()) {
            worker.apply(source(in), sink(out));
            await(worker, in, Verdict.IDLE);
            await(worker, out, Verdict.IDLE);
            assertThat(flow(worker, in).reason()).isEqualTo("The source has nothing to give.");
            assertThat(flow(worker, in).lastWriteAt()).isNull();
            awaitWell(worker);
        }
    }

    @Test
    void aSourceWhoseRecordsAreAllDroppedFlows() {
        source.input().addAll(List.of("drop", "drop"));
        try (TestingWorker worker = worker()) {
            worker.apply(source(in, "transforms", "d", "transforms.d.type", "FakeText$Dropping"));
            await(worker, in, Verdict.FLOWING);
            await(worker, in, Verdict.IDLE);
            assertThat(flow(worker, in).lastWriteAt()).isNotNull();
            awaitWell(worker);
        }
    }

    @Test
    void aPutThatDoesNotComeBackStallsAndThenIsStuck() {
        source.input().addAll(List.of("a", "b"));
        sink.at("put", this::hang);
        try (TestingWorker worker = worker("task.call.timeout.ms", "5000")) {
            worker.apply(source(in), sink(out));
            Flow stalled = awaitAlarm(worker, out, Verdict.STALLED);
            assertThat(stalled.reason()).startsWith("The plugin call put has not come back for ");
            assertThat(stalled.lagRecords()).isPositive();
            Flow stuck = awaitAlarm(worker, out, Verdict.STUCK);
            assertThat(stuck.reason())
                    .startsWith("The plugin call put has not come back for ")
                    .contains("which is over task.call.timeout.ms=5000.");
            assertThat(stuck.nextAction()).startsWith("Look at the thread task-" + out + "-0 with jstack");
            release.countDown();
            sink.calm("put");
            awaitWell(worker);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"poll", "commit"})
    void aSourceThatDoesNotComeBackStalls(String call) {
        source.input().add("a");
        source.at(call, this::hang);
        try (TestingWorker worker = worker()) {
            worker.apply(source(in));
            assertThat(awaitAlarm(worker, in, Verdict.STALLED).reason())
                    .startsWith("The plugin call " + call + " has not come back for ");
        }
    }

    @Test
    void aTaskThatIsWedgedInItsTransformationsStalls() {
        source.input().add("a");
        FakeWorld.of("transformation").at("apply", this::hang);
        try (TestingWorker worker = worker()) {
            worker.apply(source(in, "transforms", "d", "transforms.d.type", "FakeText$Dropping"));
            assertThat(awaitAlarm(worker, in, Verdict.STALLED).reason())
                    .startsWith("The plugin call transformations and converters has not come back for ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"put", "flush", "taskStart"})
    void anErrorFailsASinkAndIsNeverWell(String call) {
        source.input().add("a");
        sink.at(call, what -> {
            throw new OutOfMemoryError("no heap");
        });
        try (TestingWorker worker = worker()) {
            worker.apply(source(in), sink(out, "restart.policy", "never"));
            Flow failed = awaitAlarm(worker, out, Verdict.FAILED);
            assertThat(failed.reason())
                    .contains("java.lang.OutOfMemoryError: no heap")
                    .doesNotContain("[connector=");
            Waiting.until(
                    "its lag shows",
                    () -> Long.valueOf(1).equals(flow(worker, out).lagRecords()));
            source.input().addAll(List.of("b", "c"));
            Waiting.until(
                    "its lag grows",
                    () -> Long.valueOf(3).equals(flow(worker, out).lagRecords()));
        }
    }

    @Test
    void whatIsRestartedByItselfIsRetryingAndSaysWhen() {
        source.at("poll", what -> {
            throw new StackOverflowError();
        });
        try (TestingWorker worker = worker()) {
            worker.apply(source(in, "restart.backoff.ms", "60000"));
            await(worker, in, Verdict.RETRYING);
            Waiting.until("it says when", () -> flow(worker, in).reason().contains(" at "));
            assertThat(flow(worker, in).reason()).startsWith("It failed and is restarted, attempt 1 of 10 at ");
        }
    }

    @Test
    void aPoisonRecordIsNamed() {
        source.input().addAll(List.of("a", "poison", "c"));
        try (TestingWorker worker = worker()) {
            worker.apply(source(in));
            Flow poison = awaitAlarm(worker, in, Verdict.POISON);
            assertThat(poison.reason())
                    .startsWith(
                            "The record source offset {next=2} of {task=0} stops all records behind it: Cannot convert"
                                    + " the text: it is poison.");
            assertThat(poison.nextAction()).contains("errors.tolerance=all");
        }
    }

    @Test
    void aPoisonRecordOfASinkIsFoundAmongItsBatch() {
        source.input().addAll(List.of("a", "bad", "c"));
        try (TestingWorker worker = worker()) {
            worker.apply(source(in), sink(out));
            assertThat(awaitAlarm(worker, out, Verdict.POISON).reason())
                    .startsWith(
                            "The record lines-0@1 stops all records behind it: Cannot write the record: it is bad.");
        }
    }

    @Test
    void aSinkThatAsksToBeCalledAgainIsRetrying() {
        source.input().add("a");
        sink.at("put", what -> {
            throw new RetriableException("Cannot write: the other side is down. Wait.");
        });
        try (TestingWorker worker = worker()) {
            worker.apply(source(in), sink(out));
            await(worker, out, Verdict.RETRYING);
            assertThat(flow(worker, out).reason()).startsWith("The plugin asked to be called again: put, attempt ");
            assertThat(flow(worker, out).lagRecords()).isEqualTo(1);
            sink.calm("put");
            await(worker, out, Verdict.IDLE);
        }
    }

    @Test
    void aSourceThatAsksToBePolledAgainIsRetryingAndGetsItsPause() {
        AtomicInteger polls = new AtomicInteger();
        source.at("poll", what -> {
            int unused = polls.incrementAndGet();
            throw RetriableException.after(Duration.ofHours(1), "Cannot read: the other side is down. Wait.", null);
        });
        try (TestingWorker worker = worker()) {
            worker.apply(source(in));
            await(worker, in, Verdict.RETRYING);
            assertThat(flow(worker, in).reason()).startsWith("The plugin asked to be called again: poll, attempt ");
            assertThat(polls).hasValue(1);
        }
    }

    @Test
    void aFlushThatAsksToBeCalledAgainIsRetrying() {
        source.input().add("a");
        sink.at("flush", what -> {
            throw new RetriableException("Cannot flush: the other side is down. Wait.");
        });
        try (TestingWorker worker = worker()) {
            worker.apply(source(in), sink(out));
            await(worker, out, Verdict.RETRYING);
            assertThat(flow(worker, out).reason()).startsWith("The plugin asked to be called again: flush, attempt ");
            sink.calm("flush");
            await(worker, out, Verdict.IDLE);
        }
    }

    @Test
    void aSlowSinkIsBackpressured() {
        sink.at("put", what -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200)));
        try (TestingWorker worker = worker("sink.batch.records.max", "1", "flow.stalled.after.ms", "10000")) {
            worker.apply(source(in), sink(out));
            long start = System.nanoTime();
            Waiting.until("it is slow", Duration.ofSeconds(60), () -> {
                long due = (System.nanoTime() - start) / 25_000_000;
                IntStream.range(source.input().size(), (int) due)
                        .forEach(i -> source.input().add("x" + i));
                return flow(worker, out).verdict() == Verdict.BACKPRESSURED;
            });
            assertThat(flow(worker, out).reason()).startsWith("The destination takes less than arrives. ");
        }
    }

    @Test
    void pausedAndStoppedSinksShowWhatTheyMiss() {
        source.input().add("a");
        try (TestingWorker worker = worker()) {
            worker.apply(source(in), sink(out));
            awaitOutput(sink, 1);
            await(worker, out, Verdict.IDLE);
            worker.worker().herder().pause(out).join();
            await(worker, out, Verdict.PAUSED);
            source.input().addAll(List.of("b", "c"));
            Waiting.until(
                    "2 records wait",
                    () -> Long.valueOf(2).equals(flow(worker, out).lagRecords()));
            worker.worker().herder().stop(out).join();
            await(worker, out, Verdict.STOPPED);
            source.input().add("d");
            Waiting.until(
                    "3 records wait",
                    () -> Long.valueOf(3).equals(flow(worker, out).lagRecords()));
            Waiting.until("it says so", () -> flow(worker, out).reason().startsWith("It was stopped. 3 records wait,"));
            assertThat(flow(worker, out).lagMillis()).isPositive();
            awaitWell(worker);
            worker.restart();
            worker.apply();
            await(worker, out, Verdict.STOPPED);
            Waiting.until(
                    "3 records wait",
                    () -> Long.valueOf(3).equals(flow(worker, out).lagRecords()));
            worker.worker().herder().resume(out).join();
            await(worker, out, Verdict.IDLE);
            assertThat(sink.output()).hasSize(4);
        }
    }

    @Test
    void aConnectorWhoseStartHangsIsStuckThoughItHasNoTasks() {
        source.at("start", this::hang);
        try (TestingWorker worker = worker("task.call.timeout.ms", "1500")) {
            worker.apply(source(in));
            await(worker, in, Verdict.STARTING);
            await(worker, in, Verdict.STUCK);
            assertThat(flow(worker, in).reason()).startsWith("The plugin call start has not come back for ");
        }
    }

    @Test
    void topicsThatAreUsedAreKnownAndForgottenAndComeBack() {
        source.input().add("a");
        try (TestingWorker worker = worker()) {
            worker.apply(source(in), sink(out));
            awaitOutput(sink, 1);
            Herder herder = worker.worker().herder();
            Waiting.until(
                    "both are known",
                    () -> herder.topics(in).join().contains("lines")
                            && herder.topics(out).join().contains("lines"));
            herder.resetTopics(in).join();
            assertThat(herder.topics(in).join()).isEmpty();
            assertThat(herder.topics(out).join()).containsExactly("lines");
            source.input().add("b");
            Waiting.until("it comes back", () -> herder.topics(in).join().contains("lines"));
        }
    }
}
