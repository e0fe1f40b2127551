package dev.sluice.runtime.metrics;

/** How much is shown; the words of {@code metrics.recording.level}. */
enum RecordingLevel {
    /** What is worth it always. */
    INFO,
    /** Also what has many lines. */
    DEBUG;

    boolean shows(RecordingLevel asked) {
        return compareTo(asked) >= 0;
    }
}
