package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.error.DataException;
import dev.sluice.connector.jdbc.table.Column;
import dev.sluice.connector.jdbc.table.TableId;
import dev.sluice.connector.jdbc.type.ColumnForm;
import dev.sluice.connector.jdbc.type.TextBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How records of one shape are written into one table. Belongs to the task's thread. */
final class RowPlan {
    private final TableId table;
    private final boolean isView;
    private final InsertMode mode;
    private final List<Target> targets;
    private final List<Target> keys;
    private final List<String> columns;
    private final List<String> keyColumns;
    private final List<Source> unseen;

    /**
     * Creates the plan.
     *
     * @param isView whether it is a view, which takes no COPY
     * @param targets the columns to fill
     * @param unseen fields that were null in the record that gave the plan, and have no column: once they hold a value, the plan
     *     is made anew
     */
    RowPlan(TableId table, boolean isView, InsertMode mode, List<Target> targets, List<Source> unseen) {
        this.table = table;
        this.isView = isView;
        this.mode = mode;
        this.targets = List.copyOf(targets);
        // In one order whatever the record's is, so that keys of different plans can be compared.
        this.keys = targets.stream()
                .filter(Target::isKey)
                .sorted(Comparator.comparing(target -> target.column().name()))
                .toList();
        this.columns = targets.stream().map(target -> target.column().name()).toList();
        this.keyColumns = keys.stream().map(target -> target.column().name()).toList();
        this.unseen = List.copyOf(unseen);
    }

    /** A column, and how it gets its values. */
    record Target(Column column, Shape.Field field, ColumnForm form) {
        boolean isKey() {
            return field.isKey();
        }
    }

    TableId table() {
        return table;
    }

    boolean isView() {
        return isView;
    }

    InsertMode mode() {
        return mode;
    }

    List<Target> targets() {
        return targets;
    }

    List<Target> keys() {
        return keys;
    }

    List<String> columns() {
        return columns;
    }

    List<String> keyColumns() {
        return keyColumns;
    }

    /** Returns whether the plan still says all about a record. */
    boolean covers(Row row) {
        for (Source source : unseen) {
            if (source.of(row) != null) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the key, for comparing with others of this table.
     *
     * @throws DataException if a part of it is null
     */
    Object key(Row row) {
        if (keys.size() == 1) {
            return part(keys.get(0), row);
        }
        List<Object> parts = new ArrayList<>(keys.size());
        for (Target key : keys) {
            parts.add(part(key, row));
        }
        return parts;
    }

    private Object part(Target target, Row row) {
        Object value = target.field().source().of(row);
        if (value == null) {
            throw failed(target, "it is null, and a key has no nulls", null);
        }
        try {
            return target.form().comparable(value);
        } catch (DataException unfit) {
            throw failed(target, unfit.getMessage(), unfit);
        }
    }

    /**
     * Adds a row in COPY's text format, line end included.
     *
     * @throws DataException if a value cannot stand in its column; the buffer then holds a part of the row
     */
    void copy(Row row, TextBuffer out) {
        for (int i = 0; i < targets.size(); i++) {
            if (i > 0) {
                out.raw('\t');
            }
            Target target = targets.get(i);
            Object value = target.field().source().of(row);
            if (value == null) {
                out.nothing();
            } else {
                copy(target, value, out);
            }
        }
        out.raw('\n');
    }

    private void copy(Target target, Object value, TextBuffer out) {
        try {
            target.form().copy(value, out);
        } catch (DataException | ClassCastException unfit) {
            throw failed(target, unfit.getMessage(), unfit);
        }
    }

    /**
     * Returns what is bound for a column; null for null.
     *
     * @throws DataException if the value cannot stand in the column
     */
    @Nullable
    Object bound(Target target, Row row) {
        Object value = target.field().source().of(row);
        if (value == null) {
            return null;
        }
        try {
            return target.form().bound(value);
        } catch (DataException | ClassCastException unfit) {
            throw failed(target, unfit.getMessage(), unfit);
        }
    }

    private DataException failed(Target target, @Nullable String why, @Nullable Throwable cause) {
        return new DataException(
                "Cannot write field " + target.field().name() + " ("
                        + target.field().type().words() + ") to column " + table + "."
                        + target.column().name() + " (" + target.column().type().name() + "): " + why
                        + ". Correct the record, or leave the field out with field.exclude.list.",
                cause);
    }
}
