package dev.sluice.runtime.config;

import java.time.Duration;
import java.util.Map;

/**
 * What of the metrics is shown, and what they look back on.
 *
 * @param window the length of one of the windows that rates, averages and maxima look back on
 * @param windowCount how many of them
 * @param isDetailed whether what has many lines is shown too
 * @param isOverJmx whether JMX shows them
 * @param context labels for whoever collects metrics of several workers
 */
public record MetricsSettings(
        Duration window, int windowCount, boolean isDetailed, boolean isOverJmx, Map<String, String> context) {
    /** Copies the labels. */
    public MetricsSettings {
        context = Map.copyOf(context);
    }
}
