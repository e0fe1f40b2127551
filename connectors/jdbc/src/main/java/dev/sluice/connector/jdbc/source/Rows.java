package dev.sluice.connector.jdbc.source;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The rows of a query as they come, one at a time. Belongs to one thread. */
interface Rows extends AutoCloseable {
    /** Goes to the next row; false at the end. */
    boolean next() throws SQLException;

    /**
     * Returns a value of the current row as its schema wants it, or null.
     *
     * @param index the column's place in the select list, from 0
     * @throws dev.sluice.api.error.DataException if the schema cannot express the value
     */
    @Nullable
    Object get(int index) throws SQLException;

    /** Returns about how much memory the current row takes. */
    long sizeBytes();

    /** Ends the query, also in the middle. */
    @Override
    void close() throws SQLException;
}
