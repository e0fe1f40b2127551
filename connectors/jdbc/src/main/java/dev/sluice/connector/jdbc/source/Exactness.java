package dev.sluice.connector.jdbc.source;

import dev.sluice.api.error.ConnectorException;
import org.jspecify.annotations.Nullable;

/** Whether a restart continues exactly behind the last record, whatever happened before. */
final class Exactness {
    private Exactness() {}

    /** Returns whether it does with these settings, for all tables that {@link #check} lets through. */
    static boolean isSupported(SourceConfig config) {
        SourceConfig.Reading reading = config.reading();
        if (!reading.safety().isOn()) {
            return false;
        }
        boolean isBySnapshot =
                config.dialect().reads().hasSnapshots() && config.choice().query() == null;
        return reading.mode() == Mode.INCREMENTING || (reading.mode().usesTimestamp() && isBySnapshot);
    }

    /**
     * Refuses what the settings cannot tell of a table, where each record is required exactly once.
     *
     * @param isBySnapshot whether its rows show which transaction wrote them
     */
    static void check(SourceConfig config, Target target, @Nullable Order order, boolean isBySnapshot) {
        if (!config.reading().isExactRequired() || order == null || order.time() == null) {
            return;
        }
        if (!isBySnapshot) {
            throw refused(target, "it is no table, so that its rows do not show which transaction wrote them");
        }
        if (order.hasTies()) {
            throw refused(
                    target,
                    "it has no primary key of whole numbers, texts or UUIDs, which would tell rows of one timestamp"
                            + " apart");
        }
    }

    private static ConnectorException refused(Target target, String why) {
        return new ConnectorException("Cannot read " + target.shown() + " exactly once by timestamp: " + why
                + ". Use mode=incrementing, leave the table out, or set exactly.once.support=requested.");
    }
}
