package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.error.DataException;
import dev.sluice.api.record.OffsetValues;
import dev.sluice.api.record.SourcePosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where capturing continues. The source partition is the slot; the offset is one of
 *
 * <pre>
 *   {"lsn": "16/B374D848", "index": 3, "part": 1}                             within the stream
 *   {"lsn": "16/B374D848", "snapshot": true, "table": "\"public\".\"orders\"", "key": ["42"], "rows": 7}   within a snapshot
 * </pre>
 *
 * <p>{@code lsn} is where the server begins: it sends every transaction whose commit stands there or later. Of the one
 * whose commit stands exactly there, the first {@code index} events are done (the begin is the first, the commit the
 * last), and of the next event the first {@code part} records. A transaction always has the same events, so that this place is
 * the same whenever it is read again. While a snapshot is read, they are where the stream begins or goes on behind it; a
 * snapshot of tables that came later names them: {@code "only": ["\"public\".\"late\""]}.
 */
record CdcPosition(Lsn lsn, long index, int part, @Nullable SnapshotPlace snapshot) {
    private static final String SLOT = "slot";
    private static final String LSN = "lsn";
    private static final String INDEX = "index";
    private static final String PART = "part";
    private static final String SNAPSHOT = "snapshot";
    private static final String TABLE = "table";
    private static final String KEY = "key";
    private static final String ROWS = "rows";
    private static final String ONLY = "only";

    /**
     * Where a snapshot continues.
     *
     * @param table the table whose row was the last, quoted in full; tables are read in the order of these texts
     * @param key the last row's primary key as text; empty if the table has none, so that it is read anew
     * @param rowCount how many rows were read in all
     * @param only the tables that are read, quoted in full; empty for all that are published
     */
    record SnapshotPlace(String table, List<String> key, long rowCount, List<String> only) {
        /** Copies the lists in. */
        public SnapshotPlace {
            key = List.copyOf(key);
            only = List.copyOf(only);
        }

        /** Returns the place before the first row of some tables. */
        static SnapshotPlace before(List<String> only) {
            return new SnapshotPlace("", List.of(), 0, only);
        }
    }

    /** Returns the place before the first event of whatever is committed at an LSN or later. */
    static CdcPosition at(Lsn lsn) {
        return new CdcPosition(lsn, 0, 0, null);
    }

    /** Returns the name of the source partition. */
    static Map<String, @Nullable Object> partition(String slot) {
        return Map.of(SLOT, slot);
    }

    /** Returns what is stored. */
    SourcePosition toSource(Map<String, @Nullable Object> partition) {
        Map<String, Object> offset = new LinkedHashMap<>();
        offset.put(LSN, lsn.toString());
        if (snapshot != null) {
            offset.put(SNAPSHOT, true);
            offset.put(TABLE, snapshot.table());
            offset.put(KEY, snapshot.key());
            offset.put(ROWS, snapshot.rowCount());
            if (!snapshot.only().isEmpty()) {
                offset.put(ONLY, snapshot.only());
            }
        }
        if (snapshot == null || index > 0) {
            offset.put(INDEX, index);
        }
        if (part > 0) {
            offset.put(PART, (long) part);
        }
        return new SourcePosition(partition, offset);
    }

    /**
     * Reads what was stored.
     *
     * @throws DataException if it was altered into something that is no position
     */
    static CdcPosition of(Map<String, ? extends @Nullable Object> offset) {
        Lsn lsn = lsn(offset.get(LSN));
        long index = atLeastZero(INDEX, OffsetValues.number(offset, INDEX).orElse(0));
        int part = (int)
                Math.min(atLeastZero(PART, OffsetValues.number(offset, PART).orElse(0)), Integer.MAX_VALUE);
        boolean isSnapshot = OffsetValues.flag(offset, SNAPSHOT).orElse(false);
        return new CdcPosition(lsn, index, part, isSnapshot ? place(offset) : null);
    }

    private static SnapshotPlace place(Map<String, ? extends @Nullable Object> offset) {
        return new SnapshotPlace(
                OffsetValues.text(offset, TABLE).orElse(""),
                texts(KEY, offset.get(KEY)),
                atLeastZero(ROWS, OffsetValues.number(offset, ROWS).orElse(0)),
                texts(ONLY, offset.get(ONLY)));
    }

    /** Also a plain number, as Debezium stores it. */
    private static Lsn lsn(@Nullable Object stored) {
        if (stored instanceof Long number && number >= 0) {
            return new Lsn(number);
        }
        try {
            return Lsn.parse(String.valueOf(stored));
        } catch (IllegalArgumentException none) {
            throw wrong(LSN, none.getMessage());
        }
    }

    private static List<String> texts(String name, @Nullable Object stored) {
        if (stored == null) {
            return List.of();
        }
        if (!(stored instanceof List<?> list)) {
            throw wrong(name, "it is no list of texts");
        }
        List<String> texts = new ArrayList<>();
        list.forEach(part -> texts.add(String.valueOf(part)));
        return texts;
    }

    private static long atLeastZero(String name, long value) {
        if (value < 0) {
            throw wrong(name, value + " is less than 0");
        }
        return value;
    }

    private static DataException wrong(String name, @Nullable String why) {
        return new DataException(
                "Cannot use the offset of a change stream: of its '" + name + "', " + why
                        + ". Expected was {\"lsn\": \"16/B374D848\", \"index\": 0}. Reset the connector's offsets, or correct them.");
    }

    /** Returns this place with that of a snapshot that comes before what follows. */
    CdcPosition with(@Nullable SnapshotPlace place) {
        return new CdcPosition(lsn, index, part, place);
    }

    boolean isSnapshot() {
        return snapshot != null;
    }
}
