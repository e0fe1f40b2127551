package dev.sluice.connector.jdbc.cdc;

import dev.sluice.connector.jdbc.table.ColumnType;
import java.util.List;
import java.util.Map;

/**
 * What the catalog says about a relation beyond what the stream says.
 *
 * @param columns by name; columns that the catalog does not have any more are there too
 * @param primaryKey in the key's order; empty if there is none
 */
record TableFacts(Map<String, ColumnFacts> columns, List<String> primaryKey) {
    /** Copies both in. */
    TableFacts {
        columns = Map.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }

    /**
     * What is known of a column.
     *
     * @param type its type
     * @param isNullable whether null may stand in it
     */
    record ColumnFacts(ColumnType type, boolean isNullable) {}
}
