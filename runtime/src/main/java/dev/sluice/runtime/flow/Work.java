package dev.sluice.runtime.flow;

import org.jspecify.annotations.Nullable;

/**
 * What waits to be done.
 *
 * @param isSink whether it lies in the log, or on its way there
 * @param lagRecords records that are not yet where they belong, or null where that is unknown
 * @param lagMillis the age of the oldest of them, 0 where there is none, or null where it is unknown
 * @param pendingRecords of a source, those that it gave and that are not in the log; of a sink, {@code lagRecords}
 * @param isHandedOver whether a sink has taken all of them and only their confirmation is missing
 * @param isJammed whether more came than went, most of the last seconds
 */
record Work(
        boolean isSink,
        @Nullable Long lagRecords,
        @Nullable Long lagMillis,
        long pendingRecords,
        boolean isHandedOver,
        boolean isJammed) {
    /** Nothing to do, and nothing known. */
    static final Work NONE = new Work(false, null, null, 0, false, false);
}
