package dev.sluice.api.connector;

import dev.sluice.api.record.SinkRecord;
import java.time.Duration;
import java.util.List;

/**
 * What a validation may do.
 *
 * @param mayConnect whether it may open connections to check credentials, permissions and the like
 * @param timeout how long it may take in all
 * @param samples records to try a sink's mapping with; empty if there are none
 */
public record ValidationProbe(boolean mayConnect, Duration timeout, List<SinkRecord> samples) {
    /** Looks at the settings only. */
    public static final ValidationProbe OFFLINE = new ValidationProbe(false, Duration.ofSeconds(1), List.of());

    /** Copies the samples in. */
    public ValidationProbe {
        samples = List.copyOf(samples);
    }
}
