package dev.sluice.runtime.meter;

import java.time.Duration;

/**
 * The time that rates, averages and maxima look back on: so many windows of so long.
 *
 * @param windowMillis the length of one window
 * @param windowCount how many are kept
 */
public record Span(long windowMillis, int windowCount) {
    /** Kafka's own: two windows of 30 s. */
    public static final Span DEFAULT = new Span(Duration.ofSeconds(30).toMillis(), 2);

    /** Checks that there is something to look back on. */
    public Span {
        if (windowMillis < 1 || windowCount < 1) {
            throw new IllegalStateException(
                    "windows should be 1 ms at least and 1 in number, are " + windowMillis + " ms and " + windowCount);
        }
    }

    long millis() {
        return windowMillis * windowCount;
    }
}
