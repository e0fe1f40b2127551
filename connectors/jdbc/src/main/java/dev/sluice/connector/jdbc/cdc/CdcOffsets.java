package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.DataException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks offsets of change streams that a user wants to set. Pure. */
public final class CdcOffsets {
    private static final String SLOT = "slot";

    private CdcOffsets() {}

    /** Returns whether a source partition is a replication slot. */
    public static boolean isSlot(Map<String, ? extends @Nullable Object> partition) {
        return partition.containsKey(SLOT);
    }

    /**
     * Checks an offset.
     *
     * @param offset null for a reset
     * @throws ConnectorException saying what is wrong and what is expected
     */
    public static void requireUsable(
            Map<String, ? extends @Nullable Object> partition,
            @Nullable Map<String, ? extends @Nullable Object> offset) {
        if (!(partition.get(SLOT) instanceof String) || partition.size() != 1) {
            throw new ConnectorException("Cannot alter the offset of partition " + partition
                    + ": it must name a replication slot. Write it as {\"slot\": \"<slot.name>\"}.");
        }
        if (offset != null) {
            try {
                CdcPosition position = CdcPosition.of(offset);
                assert position.part() >= 0;
            } catch (DataException unusable) {
                throw new ConnectorException(
                        "Cannot alter the offset of partition " + partition + ": " + unusable.getMessage(), unusable);
            }
        }
    }
}
