package dev.sluice.runtime.metrics;

import static dev.sluice.runtime.metrics.Meter.counter;
import static dev.sluice.runtime.metrics.Meter.gauge;
import static dev.sluice.runtime.metrics.Meter.state;
import static dev.sluice.runtime.metrics.Meter.text;

import dev.sluice.runtime.task.TaskFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The metrics of tasks that Kafka Connect has. */
final class TaskFamilies {
    static final List<String> LABELS = List.of("connector", "task");

    private static final Family<TaskSubject> TASKS =
            Family.ofConnect("connector-task-metrics", "kafka_connect_connector_task", LABELS, Scene::tasks, tasks());

    private static final Family<TaskSubject> SOURCES = Family.ofConnect(
            "source-task-metrics",
            "kafka_connect_source_task",
            LABELS,
            Scene::sources,
            List.of(
                    gauge(
                            "source-record-poll-rate",
                            task -> task.recent(task.counters().recordsIn()).rate(),
                            "Records a second that polls gave."),
                    counter(
                            "source-record-poll-total",
                            task -> task.counters().recordsIn().sum(),
                            "Records that polls gave."),
                    gauge(
                            "source-record-write-rate",
                            task -> task.recent(task.counters().recordsOut()).rate(),
                            "Records a second that reached the log."),
                    counter(
                            "source-record-write-total",
                            task -> task.counters().records(),
                            "Records in the log; those dropped or left out are not among them."),
                    gauge(
                            "source-record-active-count",
                            task -> task.counters().activeRecords(),
                            "Records that were polled and are not in the log yet."),
                    gauge(
                            "source-record-active-count-avg",
                            task -> task.recent(task.counters().active()).average(),
                            "Average of these, each time that a batch was added."),
                    gauge(
                            "source-record-active-count-max",
                            task -> task.recent(task.counters().active()).max(),
                            "Most of these at a time."),
                    gauge(
                            "poll-batch-avg-time-ms",
                            task -> task.averageMillis(task.counters().polls()),
                            "Average time of a poll that gave records."),
                    gauge(
                            "poll-batch-max-time-ms",
                            task -> task.maxMillis(task.counters().polls()),
                            "Longest time of a poll that gave records."),
                    gauge(
                            "transaction-size-min",
                            task -> task.recent(task.counters().transactions()).min(),
                            "Fewest records of a transaction; 0 without transactions."),
                    gauge(
                            "transaction-size-avg",
                            task -> task.recent(task.counters().transactions()).average(),
                            "Average records of a transaction; 0 without transactions."),
                    gauge(
                            "transaction-size-max",
                            task -> task.recent(task.counters().transactions()).max(),
                            "Most records of a transaction; 0 without transactions.")));

    private static final Family<TaskSubject> SINKS = Family.ofConnect(
            "sink-task-metrics",
            "kafka_connect_sink_task",
            LABELS,
            Scene::sinks,
            List.of(
                    gauge(
                            "sink-record-read-rate",
                            task -> task.recent(task.counters().recordsIn()).rate(),
                            "Records a second that were read from the log, before transformations."),
                    counter(
                            "sink-record-read-total",
                            task -> task.counters().recordsIn().sum(),
                            "Records that were read from the log, before transformations."),
                    gauge(
                            "sink-record-send-rate",
                            task -> task.recent(task.counters().recordsOut()).rate(),
                            "Records a second that put has taken."),
                    counter("sink-record-send-total", task -> task.counters().records(), "Records that put has taken."),
                    gauge(
                            "sink-record-active-count",
                            task -> task.counters().activeRecords(),
                            "Records that were read and that put has not taken yet."),
                    gauge(
                            "sink-record-active-count-avg",
                            task -> task.recent(task.counters().active()).average(),
                            "Average of these, before and after each put."),
                    gauge(
                            "sink-record-active-count-max",
                            task -> task.recent(task.counters().active()).max(),
                            "Most of these at a time."),
                    gauge(
                            "sink-record-lag-max",
                            task -> task.lags()
                                    .mapToLong(Map.Entry::getValue)
                                    .max()
                                    .orElse(0),
                            "Most records that the task is behind in one of its partitions. Kafka Connect documents this"
                                    + " metric and never registers it."),
                    gauge("partition-count", task -> task.counters().partitions(), "Partitions that the task reads."),
                    gauge(
                            "offset-commit-seq-no",
                            task -> task.counters().commits().sequenceNumber(),
                            "Number of the offset commit that was begun last."),
                    gauge(
                            "offset-commit-completion-rate",
                            task -> task.recent(task.counters().commits().completions())
                                    .countRate(),
                            "Offset commits a second that went well."),
                    counter(
                            "offset-commit-completion-total",
                            task -> task.counters().commits().completions().count(),
                            "Offset commits that went well."),
                    gauge(
                            "offset-commit-skip-rate",
                            task -> task.recent(task.counters().commits().skips())
                                    .countRate(),
                            "Offset commits a second whose answer came too late."),
                    counter(
                            "offset-commit-skip-total",
                            task -> task.counters().commits().skips().count(),
                            "Offset commits whose answer came too late; they are made again with the next one."),
                    gauge(
                            "put-batch-avg-time-ms",
                            task -> task.averageMillis(task.counters().puts()),
                            "Average time of a put that went well."),
                    gauge(
                            "put-batch-max-time-ms",
                            task -> task.maxMillis(task.counters().puts()),
                            "Longest time of a put that went well.")));

    private static final Family<TaskSubject> ERRORS = Family.ofConnect(
            "task-error-metrics",
            "kafka_connect_task_error",
            LABELS,
            Scene::tasks,
            List.of(
                    counter(
                            "total-record-failures",
                            task -> task.counters().errors().failures(),
                            "Tries that failed, those included that went well later."),
                    counter(
                            "total-record-errors",
                            task -> task.counters().errors().errors(),
                            "Failures of records that were not tolerated."),
                    counter(
                            "total-records-skipped",
                            task -> task.counters().errors().skipped(),
                            "Records that failed and were left out."),
                    counter(
                            "total-retries",
                            task -> task.counters().errors().retries(),
                            "How often something was tried again."),
                    counter(
                            "total-errors-logged",
                            task -> task.counters().errors().logged(),
                            "Failures of records that were logged."),
                    counter(
                            "deadletterqueue-produce-requests",
                            task -> task.counters().errors().deadLetterRequests(),
                            "Dead letters that were to be written."),
                    counter(
                            "deadletterqueue-produce-failures",
                            task -> task.counters().errors().deadLetterFailures(),
                            "Dead letters that could not be written."),
                    gauge(
                            "last-error-timestamp",
                            task -> task.counters().errors().lastErrorMillis(),
                            "When something last failed, in milliseconds since 1970; 0 for never.")));

    static final List<Family<TaskSubject>> ALL = List.of(TASKS, SOURCES, SINKS, ERRORS);

    private static final Family<StepSubject> TRANSFORMATIONS =
            steps("transform", Scene::transformations, "The transformation's");
    private static final Family<StepSubject> PREDICATES = steps("predicate", Scene::predicates, "The predicate's");

    static final List<Family<StepSubject>> STEPS = List.of(TRANSFORMATIONS, PREDICATES);

    private TaskFamilies() {}

    private static List<Meter<TaskSubject>> tasks() {
        List<Meter<TaskSubject>> meters = new ArrayList<>(List.of(
                state(
                        "status",
                        task -> ConnectorSubject.word(task.view().status().state()),
                        "What the task does."),
                gauge("running-ratio", task -> task.counters().life().runningRatio(), "Share of its life that it ran."),
                gauge(
                        "pause-ratio",
                        task -> task.counters().life().pausedRatio(),
                        "Share of its life that it was paused."),
                gauge("batch-size-avg", task -> task.recent(task.batches()).average(), "Average records of a batch."),
                gauge("batch-size-max", task -> task.recent(task.batches()).max(), "Most records of a batch."),
                gauge(
                        "offset-commit-avg-time-ms",
                        task -> task.averageMillis(task.counters().commits().completions()),
                        "Average time of an offset commit, the sink's flush included."),
                gauge(
                        "offset-commit-max-time-ms",
                        task -> task.maxMillis(task.counters().commits().completions()),
                        "Longest time of an offset commit."),
                gauge(
                        "offset-commit-success-percentage",
                        task -> task.recent(task.counters().commits().outcomes())
                                .average(),
                        "Share of the offset commits that went well, 0 to 1."),
                gauge(
                        "offset-commit-failure-percentage",
                        TaskFamilies::failedCommits,
                        "Share of the offset commits that failed, 0 to 1."),
                text("connector-type", task -> task.connector().view().kind().word(), "Source or sink."),
                text("task-class", task -> task.facts().taskClass(), "The class of the task."),
                text("task-version", task -> task.facts().connector().version(), "The plugin's version.")));
        meters.addAll(part("connector", TaskFacts::connector));
        meters.addAll(part("key-converter", TaskFacts::key));
        meters.addAll(part("value-converter", TaskFacts::value));
        meters.addAll(part("header-converter", TaskFacts::header));
        return meters;
    }

    private static List<Meter<TaskSubject>> part(String name, Function<TaskFacts, TaskFacts.Part> part) {
        String what = name.replace('-', ' ');
        return List.of(
                text(name + "-class", task -> part.apply(task.facts()).className(), "The class of the " + what + "."),
                text(
                        name + "-version",
                        task -> part.apply(task.facts()).version(),
                        "The version of the " + what + "."));
    }

    private static double failedCommits(TaskSubject task) {
        var recent = task.recent(task.counters().commits().outcomes());
        return recent.count() == 0 ? 0 : 1 - recent.average();
    }

    private static Family<StepSubject> steps(String name, Function<Scene, Stream<StepSubject>> subjects, String whose) {
        return Family.ofConnect(
                "connector-" + name + "-metrics",
                "kafka_connect_connector_" + name,
                List.of("connector", "task", name),
                subjects,
                List.of(
                        text(name + "-class", subject -> subject.step().part().className(), whose + " class."),
                        text(name + "-version", subject -> subject.step().part().version(), whose + " version.")));
    }
}
