package dev.sluice.runtime.flow;

import java.time.Instant;
import java.util.List;

/**
 * Whether the connectors of a worker are well.
 *
 * @param at when they were last looked at
 * @param isCurrent whether that was just now; where it was not, nothing is known, and that is no good sign
 * @param ailing those that are not well, sorted by name
 */
public record HealthReport(Instant at, boolean isCurrent, List<Ailing> ailing) {
    /** Copies the list in. */
    public HealthReport {
        ailing = List.copyOf(ailing);
    }

    /** Returns whether all are well, as far as anybody knows. */
    public boolean isHealthy() {
        return isCurrent && ailing.isEmpty();
    }

    /**
     * A connector that is not well.
     *
     * @param name its name
     * @param flow what it does, or does not
     */
    public record Ailing(String name, Flow flow) {}
}
