package dev.sluice.connector.jdbc.cdc;

import dev.sluice.connector.jdbc.cdc.CdcPosition.SnapshotPlace;
import dev.sluice.connector.jdbc.dialect.Names;
import dev.sluice.connector.jdbc.table.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tables that came after the start, in a publication that the connector extends. Task thread.
 *
 * <pre>
 *   none → found, place marked → mark stored → published and read → none
 * </pre>
 */
final class LateTables {
    private final Publication publication;
    private final Duration interval;
    private Instant lookedAt = Instant.EPOCH;
    private List<TableId> found = List.of();
    private @Nullable CdcPosition mark;
    private boolean isMarkStored;

    LateTables(Publication publication, Duration interval) {
        this.publication = publication;
        this.interval = interval;
    }

    /**
     * Returns which of the tables that are not published are added before a run begins: all of them if everything is read from
     * the start, else those whose reading was begun.
     */
    static List<TableId> beforeStart(List<TableId> unpublished, @Nullable CdcPosition from) {
        if (from == null) {
            return unpublished;
        }
        SnapshotPlace place = from.snapshot();
        return place == null
                ? List.of()
                : unpublished.stream()
                        .filter(table -> place.only().contains(Names.STANDARD.quoted(table)))
                        .toList();
    }

    /**
     * Returns where a new run begins. A place before late tables counts only once it is stored: else a crash would make
     * forgotten that they are to be read.
     */
    static @Nullable CdcPosition certain(@Nullable CdcPosition reached, @Nullable CdcPosition stored) {
        SnapshotPlace place = reached == null ? null : reached.snapshot();
        boolean isMark =
                place != null && !place.only().isEmpty() && place.table().isEmpty();
        return reached != null && isMark && !reached.equals(stored) ? reached.with(null) : reached;
    }

    /** Returns tables that are to be added; looks now and then only. */
    List<TableId> look(Connection connection, Instant now) throws SQLException {
        if (Duration.between(lookedAt, now).compareTo(interval) < 0) {
            return List.of();
        }
        lookedAt = now;
        return publication.late(connection);
    }

    /** Publishes tables whose rows are not wanted. */
    void publish(Connection connection, List<TableId> tables) throws SQLException {
        publication.add(connection, tables);
    }

    /** Begins with tables; returns the place to store before they are published. */
    CdcPosition mark(List<TableId> tables, CdcPosition reached) {
        found = tables;
        isMarkStored = false;
        CdcPosition marked = reached.with(
                SnapshotPlace.before(tables.stream().map(Names.STANDARD::quoted).toList()));
        mark = marked;
        return marked;
    }

    boolean isWaiting() {
        return mark != null;
    }

    boolean isMarkStored() {
        return isMarkStored;
    }

    /** Learns what is stored. */
    void onStored(CdcPosition stored) {
        isMarkStored |= stored.equals(mark);
    }

    /** Publishes the tables whose place is stored. */
    void publishMarked(Connection connection) throws SQLException {
        publication.add(connection, found);
        found = List.of();
        mark = null;
    }
}
