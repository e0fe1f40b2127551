package dev.sluice.broker.metrics;

import java.util.List;

/** A part of the broker that has metrics. */
public interface MetricSource {
    /** Returns their definitions. */
    List<Metric> definitions();

    /**
     * Reads them. Called on the thread that asks, while all others go on counting.
     *
     * @param into takes the samples
     */
    void read(Samples into);
}
