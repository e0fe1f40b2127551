package dev.sluice.connector.jdbc.type;

import dev.sluice.connector.jdbc.dialect.ColumnKind;
import java.util.EnumSet;
import java.util.Set;

/** What a field of a record holds, whatever its schema calls it. */
public enum ValueKind {
    /** Whole numbers. */
    WHOLE(ColumnKind.WHOLE, ColumnKind.FLOAT, ColumnKind.DECIMAL, ColumnKind.BOOLEAN),
    /** Binary floating point. */
    FRACTION(ColumnKind.FLOAT, ColumnKind.DECIMAL),
    /** {@link java.math.BigDecimal}. */
    DECIMAL(ColumnKind.DECIMAL, ColumnKind.FLOAT, ColumnKind.WHOLE),
    /** Truth values. */
    BOOLEAN(ColumnKind.BOOLEAN, ColumnKind.WHOLE, ColumnKind.DECIMAL),
    /** Texts. They may stand for anything that a database reads from text: it says itself where one does not fit. */
    TEXT(EnumSet.complementOf(EnumSet.of(ColumnKind.BINARY)).toArray(ColumnKind[]::new)),
    /** Bytes. */
    BYTES(ColumnKind.BINARY),
    /** {@link java.time.LocalDate}. */
    DATE(ColumnKind.DATE, ColumnKind.TIMESTAMP, ColumnKind.INSTANT),
    /** {@link java.time.LocalTime}. */
    TIME(ColumnKind.TIME),
    /** {@link java.time.Instant}. */
    INSTANT(ColumnKind.TIMESTAMP, ColumnKind.INSTANT, ColumnKind.DATE),
    /** Texts that are JSON. */
    JSON(ColumnKind.JSON),
    /** Texts that are UUIDs. */
    UUID(ColumnKind.UUID),
    /** Lists. */
    ARRAY(ColumnKind.ARRAY, ColumnKind.JSON),
    /** Structs and maps. */
    NESTED(ColumnKind.JSON),
    /** Anything: data without a schema. */
    ANY(ColumnKind.values());

    @SuppressWarnings("ImmutableEnumChecker") // Never changed after the constructor; an enum's own set is the fast one.
    private final Set<ColumnKind> columns;

    /** Everything but bytes has a text, so that a column of texts or of a type that nobody knows takes it. */
    ValueKind(ColumnKind... columns) {
        this.columns = EnumSet.of(ColumnKind.OTHER, columns);
        if (columns[0] != ColumnKind.BINARY) {
            this.columns.add(ColumnKind.TEXT);
        }
    }

    /** Returns whether values of this kind can stand in a column of that kind. */
    public boolean fits(ColumnKind column) {
        return columns.contains(column);
    }
}
