package dev.sluice.runtime.flow;

import java.time.Instant;

/** Flows for tests of those who show them. */
public final class FakeFlow {
    /** When everything in them happened. */
    public static final Instant AT = Instant.parse("2026-08-01T12:00:00Z");

    private FakeFlow() {}

    /** Returns one with a lag of 7 records, 300 ms old. */
    public static Flow of(Verdict verdict) {
        return new Flow(verdict, AT, "A reason.", "An action.", 7L, 300L, AT, AT);
    }
}
