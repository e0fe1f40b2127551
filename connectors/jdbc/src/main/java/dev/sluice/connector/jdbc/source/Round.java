package dev.sluice.connector.jdbc.source;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One pass over a table: which rows it asks for, which of them it takes, and what the offset is after each. */
interface Round {
    /** Adds the conditions, with {@code WHERE} before them if there are any. */
    void addWhere(Sql sql);

    /** Returns expressions of whole numbers that are selected behind the columns and the time. */
    default List<String> extras() {
        return List.of();
    }

    /**
     * Decides about the current row.
     *
     * @param extraIndex where the first of the extras stands
     * @return whether the row becomes a record
     */
    default boolean takes(Rows row, Position place, int extraIndex) throws SQLException {
        return true;
    }

    /** Returns the offset after the last row that was taken, if the next run is to go on behind this place. */
    Map<String, @Nullable Object> offset(Position place);

    /** Learns that all rows were read. */
    default void complete() {}

    /** Returns whether another round should follow at once. */
    default boolean isFollowed() {
        return false;
    }
}
