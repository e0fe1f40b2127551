package dev.sluice.connector.jdbc.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what is new in one table, round by round; keeps what it learns between rounds. Belongs to one thread. */
interface Finder {
    /**
     * Begins a round.
     *
     * @param connection in a transaction that nothing was done in yet
     * @param order the order of reading, as the table is now
     * @param offset the offset of the last record, or null if there was none
     */
    Round begin(Connection connection, Order order, @Nullable Map<String, @Nullable Object> offset) throws SQLException;

    /** Learns something of the database outside of any transaction, just before a round. */
    default void look(Connection connection) throws SQLException {}

    /** Returns whether rounds must see one snapshot from their first statement to their last. */
    default boolean needsSnapshot() {
        return false;
    }
}
