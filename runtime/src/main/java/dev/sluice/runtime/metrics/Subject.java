package dev.sluice.runtime.metrics;

import java.util.List;
import java.util.Map;

/** What a metric is one of, such as a task. */
interface Subject {
    /** Returns the values of the family's labels, in their order. */
    List<String> labels();

    /** Returns further words that never change, by name; beside the family's own. */
    default Map<String, String> context() {
        return Map.of();
    }
}
