package dev.sluice.connector.jdbc.table;

import java.util.List;
import java.util.Optional;

/**
 * Describes a table or view.
 *
 * @param id its full name as the database spells it
 * @param kind what the driver calls it: {@code TABLE}, {@code VIEW}, {@code PARTITIONED TABLE} …
 * @param columns in the database's order
 * @param primaryKey the names of the key's columns in the key's order; empty if there is none
 */
public record Table(TableId id, String kind, List<Column> columns, List<String> primaryKey) {
    /** Copies the lists in. */
    public Table {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }

    /** Returns the column of exactly that name. */
    public Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** Returns the column of that name, or else the only one that differs from it by case alone. */
    public Optional<Column> columnIgnoringCase(String name) {
        Optional<Column> exact = column(name);
        if (exact.isPresent()) {
            return exact;
        }
        List<Column> similar = columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .toList();
        return similar.size() == 1 ? Optional.of(similar.get(0)) : Optional.empty();
    }
}
