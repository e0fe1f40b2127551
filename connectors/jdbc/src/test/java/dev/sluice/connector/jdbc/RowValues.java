package dev.sluice.connector.jdbc;

import dev.sluice.api.data.Struct;
import dev.sluice.api.record.SourceRecord;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks into the rows that a source made. */
public final class RowValues {
    private RowValues() {}

    /** Returns a record's value, which must be a row. */
    public static Struct row(SourceRecord record) {
        return (Struct) Objects.requireNonNull(record.value().value(), "a row");
    }

    /** Returns a field of a record's value, or null. */
    public static @Nullable Object field(SourceRecord record, String name) {
        return row(record).get(name);
    }

    /** Returns a whole number of a record's value. */
    public static long number(SourceRecord record, String name) {
        return ((Number) Objects.requireNonNull(field(record, name), name)).longValue();
    }
}
