package dev.sluice.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Prometheus' text format as strictly as Prometheus does, and refuses what it would refuse. */
public final class PrometheusLines {
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (NaN|[+-]Inf|-?[0-9.]+(?:E-?[0-9]+)?)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\n\"])*)\"(,|$)");
    private static final Pattern ENDING = Pattern.compile("_(bucket|sum|count)$");

    private final Map<String, Double> samples = new HashMap<>();
    private final Map<String, String> kinds = new HashMap<>();
    private final Map<String, List<Double>> buckets = new HashMap<>();
    private final Set<String> closed = new HashSet<>();
    private String current = "";

    private PrometheusLines() {}

    public static PrometheusLines read(String text) {
        assertThat(text).endsWith("\n");
        PrometheusLines lines = new PrometheusLines();
        text.lines().forEach(lines::line);
        lines.checkBuckets();
        return lines;
    }

    private void line(String line) {
        if (line.startsWith("# HELP ")) {
            begin(line.substring(7, line.indexOf(' ', 7)));
        } else if (line.startsWith("# TYPE ")) {
            List<String> words = List.of(line.split(" ", 4));
            assertThat(words.get(2)).as("HELP and TYPE are of one metric").isEqualTo(current);
            assertThat(words.get(3)).isIn("counter", "gauge", "histogram");
            kinds.put(current, words.get(3));
        } else {
            sample(line);
        }
    }

    private void begin(String name) {
        if (!current.isEmpty()) {
            closed.add(current);
        }
        assertThat(closed).as("each metric stands in one piece").doesNotContain(name);
        current = name;
    }

    private void sample(String line) {
        Matcher matcher = SAMPLE.matcher(line);
        assertThat(matcher.matches()).as("a sample: %s", line).isTrue();
        String name = matcher.group(1);
        boolean isHistogram = "histogram".equals(kinds.get(current));
        assertThat(isHistogram ? ENDING.matcher(name).replaceFirst("") : name)
                .as("the sample belongs to the metric above it: %s", line)
                .isEqualTo(current);
        Map<String, String> labels = labels(matcher.group(2) == null ? "" : matcher.group(2));
        double value = Double.parseDouble(matcher.group(3));
        if (isHistogram && name.endsWith("_bucket")) {
            Map<String, String> others = new TreeMap<>(labels);
            assertThat(others.remove("le")).isNotNull();
            buckets.computeIfAbsent(current + others, missing -> new ArrayList<>())
                    .add(value);
        }
        assertThat(samples.put(name + labels, value))
                .as("the only one: %s", line)
                .isNull();
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        Matcher matcher = LABEL.matcher(text);
        int end = 0;
        while (end < text.length()) {
            assertThat(matcher.find(end) && matcher.start() == end)
                    .as("labels: %s", text)
                    .isTrue();
            String value =
                    matcher.group(2).replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
            assertThat(labels.put(matcher.group(1), value))
                    .as("a label once: %s", text)
                    .isNull();
            end = matcher.end();
        }
        return labels;
    }

    private void checkBuckets() {
        buckets.forEach((name, counts) -> {
            assertThat(counts).as("buckets add up: %s", name).isSorted();
            String labels = name.substring(name.indexOf('{'));
            assertThat(samples.get(name.substring(0, name.indexOf('{')) + "_count" + labels))
                    .as("the last bucket holds all: %s", name)
                    .isEqualTo(counts.get(counts.size() - 1));
        });
    }

    public Set<String> names() {
        return kinds.keySet();
    }

    public String kind(String name) {
        return kinds.getOrDefault(name, "absent");
    }

    /** Returns a sample; labels in pairs. */
    public double value(String name, String... labels) {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            map.put(labels[i], labels[i + 1]);
        }
        Double value = samples.get(name + map);
        assertThat(value)
                .as(
                        "%s%s of %s",
                        name,
                        map,
                        samples.keySet().stream()
                                .filter(key -> key.startsWith(name))
                                .toList())
                .isNotNull();
        return Objects.requireNonNull(value);
    }
}
