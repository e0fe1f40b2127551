package dev.sluice.runtime.metrics;

import dev.sluice.api.plugin.PluginKind;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.control.TaskView;
import dev.sluice.runtime.meter.Statistic;
import dev.sluice.runtime.task.TaskCounters;
import dev.sluice.runtime.task.TaskFacts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A task that was started, with what it counts. */
record TaskSubject(ConnectorSubject connector, TaskView view, TaskCounters counters, long nowMillis)
        implements Subject {
    private static final TaskFacts.Part UNKNOWN = new TaskFacts.Part("", "");
    private static final TaskFacts NOT_MADE =
            new TaskFacts(UNKNOWN, "", UNKNOWN, UNKNOWN, UNKNOWN, List.of(), List.of());
    private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    @Override
    public List<String> labels() {
        return List.of(connector.view().name(), Integer.toString(view.index()));
    }

    boolean isSink() {
        return connector.view().kind() == PluginKind.SINK;
    }

    /** Returns what the task is made of; empty words until it is. */
    TaskFacts facts() {
        return counters.facts().orElse(NOT_MADE);
    }

    /** Returns the batches that Kafka Connect counts: what a poll gave, or what put has taken. */
    Statistic batches() {
        return isSink() ? counters.recordsOut() : counters.recordsIn();
    }

    Statistic.Recent recent(Statistic statistic) {
        return statistic.recent(nowMillis);
    }

    /** Returns the average of what was recorded in nanoseconds, in milliseconds. */
    double averageMillis(Statistic nanos) {
        return recent(nanos).average() / NANOS_PER_MILLI;
    }

    double maxMillis(Statistic nanos) {
        return recent(nanos).max() / NANOS_PER_MILLI;
    }

    /** Returns the partitions of a sink with the records that each is behind; empty where that is not known. */
    Stream<Map.Entry<TopicPartition, Long>> lags() {
        Map<TopicPartition, Long> known = connector.lags();
        return counters.positions().keySet().stream()
                .filter(known::containsKey)
                .map(partition -> Map.entry(partition, known.getOrDefault(partition, 0L)));
    }
}
