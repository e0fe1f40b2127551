package dev.sluice.runtime.metrics;

import dev.sluice.runtime.task.TaskMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Writes what plugins count themselves, as {@code sluice_plugin_…}: all tasks' metrics of one name together. */
final class PluginText {
    private static final String PREFIX = "sluice_plugin_";
    private static final Set<String> RESERVED = Set.of("connector", "task", "le");

    private final Map<Name, List<Line>> byName = new TreeMap<>();

    private PluginText() {}

    private record Name(String name, String kind) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            int byName = name.compareTo(other.name);
            return byName == 0 ? kind.compareTo(other.kind) : byName;
        }
    }

    private record Line(String labels, TaskMetrics.Metric metric) {}

    static void write(Scene scene, PluginGauges gauges, TextWriter out) {
        PluginText text = new PluginText();
        List<TaskMetrics.Asked> asked = new ArrayList<>();
        scene.tasks()
                .forEach(task -> task.counters().pluginMetrics().all().forEach(metric -> {
                    text.add(task, metric);
                    if (metric.value() instanceof TaskMetrics.Asked gauge) {
                        asked.add(gauge);
                    }
                }));
        text.write(gauges.ask(asked), out);
    }

    private void add(TaskSubject task, TaskMetrics.Metric metric) {
        StringBuilder labels = new StringBuilder(LabelText.of(TaskFamilies.LABELS, task.labels()));
        new TreeMap<>(metric.tags()).forEach((tag, value) -> {
            String name = LabelText.name(tag);
            LabelText.append(labels, RESERVED.contains(name) ? "tag_" + name : name, value);
        });
        byName.computeIfAbsent(name(metric), missing -> new ArrayList<>()).add(new Line(labels.toString(), metric));
    }

    /** A counter ends in _total; so metrics of one name but different kinds are told apart, and by their kind otherwise. */
    private Name name(TaskMetrics.Metric metric) {
        String base = PREFIX + LabelText.name(metric.name());
        if (metric.value() instanceof TaskMetrics.Total) {
            return new Name(base.endsWith("_total") ? base : base + "_total", Kind.COUNTER.word());
        }
        String kind = metric.value() instanceof TaskMetrics.Spread ? Kind.HISTOGRAM.word() : Kind.GAUGE.word();
        String other = kind.equals(Kind.GAUGE.word()) ? Kind.HISTOGRAM.word() : Kind.GAUGE.word();
        boolean isTaken = byName.containsKey(new Name(base, other));
        return new Name(isTaken ? base + "_" + kind : base, kind);
    }

    private void write(Map<TaskMetrics.Asked, Double> gauges, TextWriter out) {
        byName.forEach((name, lines) -> {
            out.begin(name.name(), name.kind(), lines.get(0).metric().description());
            for (Line line : lines) {
                TaskMetrics.Value value = line.metric().value();
                if (value instanceof TaskMetrics.Total total) {
                    out.sample(name.name(), line.labels(), total.value());
                } else if (value instanceof TaskMetrics.Spread spread) {
                    spread(name.name(), line.labels(), spread, out);
                } else {
                    out.sample(name.name(), line.labels(), gauges.getOrDefault(value, Double.NaN));
                }
            }
        });
    }

    private static void spread(String name, String labels, TaskMetrics.Spread spread, TextWriter out) {
        long count = 0;
        for (int bucket = 0; bucket < TaskMetrics.Spread.bucketCount(); bucket++) {
            count += spread.count(bucket);
            out.bucket(name, labels, TaskMetrics.Spread.upperBound(bucket), count);
        }
        out.sample(name + "_sum", labels, spread.sum());
        out.sample(name + "_count", labels, count);
    }
}
