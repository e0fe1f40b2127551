package dev.sluice.broker.metrics;

import java.util.List;

/**
 * What a metric showed.
 *
 * @param metric its definition
 * @param labels the values of its labels, in their order
 * @param value what it showed
 */
public record Sample(Metric metric, List<String> labels, Value value) {
    /** Checks that each label has its value. */
    public Sample {
        labels = List.copyOf(labels);
        if (labels.size() != metric.labels().size()) {
            throw new IllegalStateException(
                    "metric " + metric.name() + " should have labels " + metric.labels() + ", has values " + labels);
        }
    }

    /** A number or the spread of many. */
    public sealed interface Value permits Amount, Distribution {}

    /**
     * The value of a counter or gauge.
     *
     * @param number the number
     */
    public record Amount(double number) implements Value {}
}
