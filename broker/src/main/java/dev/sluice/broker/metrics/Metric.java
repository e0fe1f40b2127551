package dev.sluice.broker.metrics;

import java.util.List;

/**
 * The definition of a metric.
 *
 * @param name its name, which ends in the unit, and in {@code _total} for a counter
 * @param kind how to read it
 * @param labels the names of what tells its samples apart
 * @param help what it says, in a sentence
 */
public record Metric(String name, Kind kind, List<String> labels, String help) {
    /** How a metric is read. */
    public enum Kind {
        /** Only grows, from the start of the broker on. */
        COUNTER,
        /** What holds at this moment. */
        GAUGE,
        /** How durations spread, counted from the start of the broker on. */
        HISTOGRAM
    }

    /** Copies the labels. */
    public Metric {
        labels = List.copyOf(labels);
    }

    /**
     * Defines a counter.
     *
     * @param name its name
     * @param help what it says
     * @param labels names of its labels
     * @return the definition
     */
    public static Metric counter(String name, String help, String... labels) {
        return new Metric(name, Kind.COUNTER, List.of(labels), help);
    }

    /**
     * Defines a gauge.
     *
     * @param name its name
     * @param help what it says
     * @param labels names of its labels
     * @return the definition
     */
    public static Metric gauge(String name, String help, String... labels) {
        return new Metric(name, Kind.GAUGE, List.of(labels), help);
    }

    /**
     * Defines a histogram of durations in seconds.
     *
     * @param name its name
     * @param help what it says
     * @param labels names of its labels
     * @return the definition
     */
    public static Metric histogram(String name, String help, String... labels) {
        return new Metric(name, Kind.HISTOGRAM, List.of(labels), help);
    }
}
