package dev.sluice.connector.jdbc.source;

import dev.sluice.api.error.DataException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A set of transaction ids of 64 bits: all below a horizon, and some of those from there on. The ids above the horizon are
 * those of which rows were seen: PostgreSQL's snapshots do not list subtransactions, so that only having seen a row proves
 * that its transaction, or its part of one, had ended. Changes only by {@link #add}; belongs to one thread.
 */
final class XidSet {
    /** Ids from so far above the horizon on are left for a later round: the bound of the set's memory. */
    static final int SPAN = 16_384;

    private final long horizon;
    private final BitSet above;

    private XidSet(long horizon, BitSet above) {
        this.horizon = horizon;
        this.above = above;
    }

    static XidSet below(long horizon) {
        return new XidSet(horizon, new BitSet());
    }

    /** Returns this set seen from a later horizon: what lies below that is in it. */
    XidSet from(long later) {
        XidSet moved = below(later);
        for (int i = above.nextSetBit(0); i >= 0; i = above.nextSetBit(i + 1)) {
            long xid = horizon + i;
            if (xid >= later && xid - later < SPAN) {
                moved.above.set((int) (xid - later));
            }
        }
        return moved;
    }

    long horizon() {
        return horizon;
    }

    /** Returns whether there is room for an id. */
    boolean canHold(long xid) {
        return xid - horizon < SPAN;
    }

    /** Adds an id at or above the horizon; returns whether it is new. */
    boolean add(long xid) {
        int index = Math.toIntExact(xid - horizon);
        if (above.get(index)) {
            return false;
        }
        above.set(index);
        return true;
    }

    /**
     * Adds the condition that a row's transaction is in the set.
     *
     * @param age the age of the horizon, which {@code age(xmin)} of a row is compared with: of an id itself only 32 bits are known
     */
    void addContains(Sql sql, long age) {
        sql.add("(age(xmin) > ").number(age);
        if (!above.isEmpty()) {
            sql.add(" OR xmin = ANY ('{");
            String separator = "";
            for (int i = above.nextSetBit(0); i >= 0; i = above.nextSetBit(i + 1)) {
                sql.add(separator).add(Long.toString((horizon + i) & 0xFFFF_FFFFL));
                separator = ",";
            }
            sql.add("}'::xid[])");
        }
        sql.add(")");
    }

    /** Returns the ids above the horizon, less the horizon: {@code 0-3,17}; empty for none. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = above.nextSetBit(0); i >= 0; ) {
            int end = above.nextClearBit(i);
            text.append(text.isEmpty() ? "" : ",").append(i);
            if (end > i + 1) {
                text.append('-').append(end - 1);
            }
            i = above.nextSetBit(end);
        }
        return text.toString();
    }

    /** Reads what {@link #text} wrote. */
    static XidSet parse(long horizon, @Nullable String text) {
        XidSet set = below(horizon);
        if (text == null || text.isEmpty()) {
            return set;
        }
        for (String range : text.split(",", -1)) {
            int dash = range.indexOf('-');
            int from = number(range, dash < 0 ? range : range.substring(0, dash));
            int to = dash < 0 ? from : number(range, range.substring(dash + 1));
            set.above.set(from, to + 1);
        }
        return set;
    }

    private static int number(String range, String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number < SPAN) {
                return number;
            }
        } catch (NumberFormatException wrong) {
            throw unreadable(range, wrong);
        }
        throw unreadable(range, null);
    }

    private static DataException unreadable(String range, @Nullable NumberFormatException cause) {
        return new DataException(
                "Cannot use the stored transaction ids '" + range + "': expected numbers from 0 to " + (SPAN - 1)
                        + " or ranges of them. Reset the connector's offsets, or correct them.",
                cause);
    }
}
