package dev.sluice.runtime.task;

import dev.sluice.runtime.meter.Span;
import java.time.Clock;
import java.util.List;

/** Makes counters with numbers in them, for tests of those who read them. */
public final class TestingCounters {
    private static final TaskFacts.Part PART = new TaskFacts.Part("a.Plugin", "1.0");

    private TestingCounters() {}

    /** Returns counters of a task that has done a little of everything. */
    public static TaskCounters busy(Clock clock) {
        TaskCounters counters = new TaskCounters(clock, Span.DEFAULT);
        counters.onMade(
                new TaskFacts(PART, "a.Task", PART, PART, PART, List.of(new TaskFacts.Step("t", PART)), List.of()));
        counters.life().onRunning();
        counters.onPolled(500, 1_234_567);
        counters.onRead(500, 12_345);
        counters.onPut(7_654_321);
        counters.onDone(499, 12_000);
        counters.onActive(17);
        counters.commits().onBegin();
        counters.commits().onDone(1_000_000);
        counters.errors().onFailure();
        for (int latency = 0; latency < 500; latency++) {
            counters.onLatency(0, latency);
        }
        for (Stage stage : List.of(
                Stage.START, Stage.TASK_POLL, Stage.TASK_PUT, Stage.PIPELINE, Stage.KAFKA_CONSUME, Stage.OFFSETS)) {
            counters.stages().of(stage).record(1_000);
        }
        counters.stages().sample(Stage.TRANSFORMATION, "t (a.Plugin)", 100);
        return counters;
    }
}
