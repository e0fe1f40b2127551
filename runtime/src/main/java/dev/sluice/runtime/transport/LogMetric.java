package dev.sluice.runtime.transport;

import java.util.List;

/**
 * A metric of the log, with all its samples.
 *
 * @param name as Prometheus knows it
 * @param kind {@code counter}, {@code gauge} or {@code histogram}
 * @param help what it says
 * @param labels the names of what tells its samples apart
 * @param samples what it shows
 */
public record LogMetric(String name, String kind, String help, List<String> labels, List<Sample> samples) {
    /** Copies the lists. */
    public LogMetric {
        labels = List.copyOf(labels);
        samples = List.copyOf(samples);
    }

    /**
     * One sample.
     *
     * @param labels the values of the labels
     * @param number the value; of a histogram, the sum
     * @param buckets of a histogram, in rising order; empty for a number
     */
    public record Sample(List<String> labels, double number, List<Bucket> buckets) {}

    /** How many amounts lie in one bucket of a histogram, up to its bound. */
    public record Bucket(double upperBound, long count) {}
}
