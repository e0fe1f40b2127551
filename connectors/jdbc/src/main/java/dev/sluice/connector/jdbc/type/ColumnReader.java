package dev.sluice.connector.jdbc.type;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads one column of the current row. Immutable; any thread. */
@FunctionalInterface
public interface ColumnReader {
    /**
     * Returns the value that fits the column's schema, or null.
     *
     * @param index the column's place in the result, from 1
     */
    @Nullable
    Object read(ResultSet row, int index) throws SQLException;
}
