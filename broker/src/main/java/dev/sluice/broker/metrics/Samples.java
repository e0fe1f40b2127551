package dev.sluice.broker.metrics;

import java.util.ArrayList;
import java.util.List;

/** Takes samples while metrics are read. Belongs to the thread that reads. */
public final class Samples {
    private final List<Sample> list = new ArrayList<>();

    Samples() {}

    /**
     * Adds what a counter or gauge shows.
     *
     * @param metric its definition
     * @param number the value
     * @param labels values of its labels
     */
    public void add(Metric metric, double number, String... labels) {
        list.add(new Sample(metric, List.of(labels), new Sample.Amount(number)));
    }

    /**
     * Adds what a counter or gauge of whole numbers shows.
     *
     * @param metric its definition
     * @param number the value
     * @param labels values of its labels
     */
    public void add(Metric metric, long number, String... labels) {
        add(metric, (double) number, labels);
    }

    /**
     * Adds what a histogram shows.
     *
     * @param metric its definition
     * @param histogram the cells
     * @param labels values of its labels
     */
    public void add(Metric metric, Histogram histogram, String... labels) {
        list.add(new Sample(metric, List.of(labels), histogram.read()));
    }

    List<Sample> all() {
        return List.copyOf(list);
    }
}
