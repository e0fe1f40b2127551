package dev.sluice.runtime.metrics;

import static dev.sluice.runtime.metrics.Meter.counter;
import static dev.sluice.runtime.metrics.Meter.gauge;
import static dev.sluice.runtime.metrics.Meter.spread;
import static dev.sluice.runtime.metrics.Meter.state;

import dev.sluice.runtime.task.StageTimes;
import dev.sluice.runtime.task.Waiting;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The metrics of tasks that Kafka Connect does not have. */
final class OwnTaskFamilies {
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    static final Family<TaskSubject> TASKS = Family.own(
            "task",
            TaskFamilies.LABELS,
            Scene::tasks,
            List.of(
                    state(
                            "verdict",
                            task -> ConnectorSubject.word(task.view().flow().verdict()),
                            "What the task does, by what moves."),
                    state(
                            "waits-for",
                            task -> ConnectorSubject.word(
                                    task.counters().waiting().on()),
                            "What the task waits for, outside of its plugin's calls."),
                    gauge(
                            "waits-seconds",
                            OwnTaskFamilies::waitsSeconds,
                            "Since when it waits for that; 0 if for nothing."),
                    gauge(
                            "retry-attempt",
                            task -> task.counters().waiting().attempt(),
                            "How often was tried what the task waits to try again; 0 if nothing."),
                    gauge(
                            "lag-records",
                            task -> ConnectorSubject.number(task.view().flow().lagRecords()),
                            "Records that wait to be written, as far as that is known."),
                    gauge(
                            "lag-seconds",
                            task -> ConnectorSubject.number(task.view().flow().lagMillis()) / 1e3,
                            "Age of the oldest of them."),
                    counter(
                            "bytes-in-total",
                            task -> task.counters().bytesIn(),
                            "Bytes that a sink read; 0 for a source, whose records have none before they are converted."),
                    counter(
                            "bytes-out-total",
                            task -> task.counters().bytes(),
                            "Bytes of keys and values in the log, or that put has taken."),
                    counter(
                            "records-dropped-total",
                            task -> task.counters().dropped(),
                            "Records that transformations dropped on purpose."),
                    gauge("active-bytes", task -> task.counters().activeBytes(), "Bytes of the records on their way."),
                    gauge(
                            "last-read-timestamp-seconds",
                            task -> task.counters().lastReadMillis() / 1e3,
                            "When records were last read, in seconds since 1970; 0 for never."),
                    gauge(
                            "last-write-timestamp-seconds",
                            task -> task.counters().lastWriteMillis() / 1e3,
                            "When records last reached their end, in seconds since 1970; 0 for never."),
                    spread(
                            "latency-seconds",
                            task -> task.counters().latencies(),
                            "Time from a record's own timestamp to the log, or until put has taken it; of records that"
                                    + " have one.")));

    static final List<Family<TimerSubject>> TIMES = List.of(
            Family.own(
                    "task-stage",
                    List.of("connector", "task", "stage"),
                    Scene::stages,
                    List.of(
                            counter(
                                    "runs-total",
                                    subject -> subject.timer().count(),
                                    "Runs that were measured. " + "Converters and transformations: one of "
                                            + StageTimes.SAMPLING + "."),
                            counter("seconds-total", OwnTaskFamilies::seconds, "How long these took together."))),
            Family.own(
                    "task-transformation",
                    List.of("connector", "task", "transform"),
                    Scene::transformationTimes,
                    List.of(
                            counter(
                                    "runs-total",
                                    subject -> subject.timer().count(),
                                    "Runs that were measured, one of " + StageTimes.SAMPLING + "."),
                            counter("seconds-total", OwnTaskFamilies::seconds, "How long these took together."))));

    static final Family<PartitionSubject> PARTITIONS = Family.own(
            "sink-partition",
            List.of("connector", "task", "topic", "partition"),
            RecordingLevel.DEBUG,
            Scene::partitions,
            List.of(gauge("lag-records", PartitionSubject::lag, "Records that the sink is behind in the partition.")));

    private OwnTaskFamilies() {}

    private static double waitsSeconds(TaskSubject task) {
        var waiting = task.counters().waiting();
        return waiting.on() == Waiting.NOTHING ? 0 : Math.max(task.nowMillis() - waiting.sinceMillis(), 0) / 1e3;
    }

    private static double seconds(TimerSubject subject) {
        return subject.timer().nanos() / NANOS_PER_SECOND;
    }
}
