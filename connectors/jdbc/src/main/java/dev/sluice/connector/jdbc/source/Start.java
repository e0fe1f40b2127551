package dev.sluice.connector.jdbc.source;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a table without an offset begins. */
final class Start {
    private static final long NOW = -1;

    private Start() {}

    /** Returns the place behind which rows are read, or null for all; now is what the database's clock says. */
    static @Nullable Position of(SourceConfig.Start start, Instant now) {
        Long millis = start.timeMillis();
        Instant time = millis == null ? null : millis == NOW ? now : Instant.ofEpochMilli(millis);
        if (time == null && start.number() == null) {
            return null;
        }
        return new Position(time, start.number(), List.of());
    }
}
