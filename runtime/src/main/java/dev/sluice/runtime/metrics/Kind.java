package dev.sluice.runtime.metrics;

/** How a metric is read. */
enum Kind {
    /** Only grows, from the start of its subject on. */
    COUNTER("counter"),
    /** What holds at this moment. */
    GAUGE("gauge"),
    /** A word that holds at this moment; Prometheus gets it as a label of a 1. */
    STATE("gauge"),
    /** Words that never change; Prometheus gets all of a family together, as labels of a 1. */
    TEXT("gauge"),
    /** How times spread. */
    HISTOGRAM("histogram");

    private final String word;

    Kind(String word) {
        this.word = word;
    }

    /** Returns what Prometheus calls it. */
    String word() {
        return word;
    }
}
