package dev.sluice.broker.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All metrics of a broker. Any thread may call; see {@link #read} for what it costs. */
public final class Metrics {
    private final List<MetricSource> sources = new CopyOnWriteArrayList<>();

    /**
     * Adds a part of the broker.
     *
     * @param source its metrics
     */
    public void add(MetricSource source) {
        sources.add(source);
    }

    /**
     * Takes a part away that has ended.
     *
     * @param source its metrics
     */
    public void remove(MetricSource source) {
        sources.remove(source);
    }

    /** Returns the definitions of all metrics, in the order of the parts. */
    public List<Metric> definitions() {
        return sources.stream().flatMap(source -> source.definitions().stream()).toList();
    }

    /**
     * Reads all metrics. Looks at every partition: milliseconds for a thousand of them, so do it off the event loops.
     *
     * @return the samples; those of one metric follow each other
     */
    public List<Sample> read() {
        Samples samples = new Samples();
        sources.forEach(source -> source.read(samples));
        return samples.all().stream()
                .sorted(java.util.Comparator.comparing(sample -> sample.metric().name()))
                .toList();
    }
}
