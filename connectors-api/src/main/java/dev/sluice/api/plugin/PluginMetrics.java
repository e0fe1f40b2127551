package dev.sluice.api.plugin;

import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Lets a plugin publish its own metrics beside those of the runtime, labelled with connector and task.
 *
 * <p>Names are lower case words joined by dashes ({@code bulk-retries}); the same name and tags give the same metric. All
 * metrics vanish with the task. Recording is cheap and may be done from any thread.
 */
public interface PluginMetrics {
    /** A number that only grows. */
    interface Counter {
        /** Adds a count of 0 or more. */
        void add(long count);
    }

    /** Spreads of durations or sizes. */
    interface Histogram {
        /** Records one value in the unit that the name says. */
        void record(double value);
    }

    /** Returns the counter of that name. */
    Counter counter(String name, String description, Map<String, String> tags);

    /** Returns the histogram of that name. */
    Histogram histogram(String name, String description, Map<String, String> tags);

    /** Publishes a value that is asked for when metrics are read, from any thread; it must be quick. */
    void gauge(String name, String description, Map<String, String> tags, DoubleSupplier value);
}
