package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.connector.jdbc.cdc.CdcConfig.SnapshotMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides how a run begins, by what is stored and what the server still has. Pure.
 *
 * <pre>
 *   stored      slot            begins with
 *   nothing     none            a new slot, the tables in its snapshot, the stream from its place
 *   nothing     there           the tables as they are now, the stream from the slot's place: changes between come twice
 *   snapshot    there           the tables behind the last row stored, the stream from the slot's place
 *   stream      not ahead       the stream from the stored place
 *   stream      ahead           nothing: what lies between is gone, unless the settings accept that
 *   any         none or lost    nothing: changes are gone; a new slot and a snapshot if the settings ask for it
 * </pre>
 *
 * @param createsSlot whether a slot is created, after a lost one was dropped
 * @param readsTables whether the tables are read before the stream
 * @param streams whether the stream follows
 * @param from where to continue; null if a new slot says so
 */
record Resume(
        boolean createsSlot,
        boolean readsTables,
        boolean streams,
        @Nullable CdcPosition from) {
    /**
     * Decides.
     *
     * @param stored the place that records were handed out or stored up to; null for none
     * @throws ConnectorException if changes would be lost in silence
     */
    static Resume decide(CdcConfig config, ServerFacts server, @Nullable CdcPosition stored, Optional<SlotState> slot) {
        SnapshotMode mode = config.snapshotMode();
        if (mode == SnapshotMode.INITIAL_ONLY) {
            CdcPosition from = stored == null ? CdcPosition.at(server.end()) : stored;
            return new Resume(false, stored == null || stored.isSnapshot(), false, from);
        }
        slot.ifPresent(found -> requireUsable(config, server, found));
        boolean isGone = slot.map(SlotState::isLost).orElse(true);
        if (isGone) {
            boolean mayBegin = (stored == null && slot.isEmpty()) || mode == SnapshotMode.WHEN_NEEDED;
            if (!mayBegin) {
                throw gone(config, stored, slot.orElse(null));
            }
            return new Resume(true, mode.readsTables(), true, null);
        }
        return stored == null
                ? new Resume(false, mode.readsTables(), true, CdcPosition.at(place(slot)))
                : continued(config, server, stored, place(slot));
    }

    private static Lsn place(Optional<SlotState> slot) {
        return slot.map(SlotState::confirmed).orElse(Lsn.ZERO);
    }

    private static void requireUsable(CdcConfig config, ServerFacts server, SlotState slot) {
        if (!"pgoutput".equals(slot.plugin())) {
            String plugin = slot.plugin() == null ? "none, as it is for physical replication" : slot.plugin();
            throw new ConnectorException("Cannot use replication slot " + config.slot() + ": its output plugin is "
                    + plugin + ", expected pgoutput. Set another slot.name.");
        }
        if (!server.database().equals(slot.database())) {
            throw new ConnectorException("Cannot use replication slot " + config.slot() + ": it belongs to database "
                    + slot.database() + ", and connection.url names " + server.database()
                    + ". Set another slot.name: slots are named per server.");
        }
    }

    private static ConnectorException gone(CdcConfig config, @Nullable CdcPosition stored, @Nullable SlotState slot) {
        String why = slot == null
                ? "it does not exist on this server any more"
                : "the server threw away the log that it needs ("
                        + (slot.invalidation().isEmpty() ? "wal_status=" + slot.walStatus() : slot.invalidation())
                        + ")";
        String since = stored == null ? "" : ", and with it what changed after " + stored.lsn();
        return new ConnectorException("Cannot go on with replication slot " + config.slot() + ": " + why + since
                + ". Set snapshot.mode=when_needed to read the tables anew, or drop the slot and reset the connector's"
                + " offsets. To keep it from happening again, raise max_slot_wal_keep_size on the server, or look after"
                + " connectors that stand still.");
    }

    private static Resume continued(CdcConfig config, ServerFacts server, CdcPosition stored, Lsn slot) {
        if (stored.lsn().isAfter(server.end())) {
            throw new ConnectorException(
                    "Cannot go on at " + stored.lsn() + " with replication slot " + config.slot()
                            + ": the server's log ends at " + server.end()
                            + ". It was restored from a backup, or a standby took over that was behind. Set"
                            + " snapshot.mode=when_needed after a reset of the connector's offsets, which reads the tables anew.");
        }
        boolean isAhead = slot.isAfter(stored.lsn());
        if (isAhead && !config.trustsSlot()) {
            throw new ConnectorException("Cannot go on at " + stored.lsn() + " with replication slot " + config.slot()
                    + ": the slot stands at " + slot
                    + ", and what changed between is gone. Another consumer used the slot, or the offset is an old one."
                    + " Reset the connector's offsets, which reads the tables anew, or set slot.ahead.accept=true to go"
                    + " on without those changes.");
        }
        CdcPosition from = isAhead && !stored.isSnapshot() ? CdcPosition.at(slot) : stored;
        return new Resume(false, stored.isSnapshot(), true, from);
    }
}
