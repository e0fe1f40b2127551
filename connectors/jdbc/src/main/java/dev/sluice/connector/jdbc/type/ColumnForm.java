package dev.sluice.connector.jdbc.type;

import dev.sluice.connector.jdbc.dialect.ColumnKind;
import java.time.ZoneId;
import java.util.function.UnaryOperator;

/** How the values of one field are written into one column: as COPY text or as a bind. One thread. */
public final class ColumnForm {
    private final FieldType type;
    private final TextForm text;
    private final JdbcForm jdbc;
    private final boolean bindsTexts;
    private final UnaryOperator<Object> plain;

    /**
     * Creates the form.
     *
     * @param type the field's type
     * @param column what the column holds
     * @param zone the time zone of columns without one
     * @param bindsTexts whether binds are texts, too
     */
    public ColumnForm(FieldType type, ColumnKind column, ZoneId zone, boolean bindsTexts) {
        this.type = type;
        this.text = TextForm.of(type.kind(), column, zone);
        this.jdbc = new JdbcForm(column, zone);
        this.bindsTexts = bindsTexts;
        this.plain = type.plain();
    }

    /**
     * Adds a value in COPY's text format.
     *
     * @throws dev.sluice.api.error.DataException if it cannot stand in the column; the message is a clause
     */
    public void copy(Object value, TextBuffer out) {
        text.write(plain.apply(value), out);
    }

    /**
     * Returns what is bound for a value.
     *
     * @throws dev.sluice.api.error.DataException if it cannot stand in the column; the message is a clause
     */
    public Object bound(Object value) {
        Object prepared = plain.apply(value);
        if (!bindsTexts) {
            return jdbc.of(type.kind(), prepared);
        }
        if (prepared instanceof String same && same.indexOf(0) < 0 && type.kind() != ValueKind.ANY) {
            return same;
        }
        TextBuffer buffer = TextBuffer.plain();
        text.write(prepared, buffer);
        return buffer.toString();
    }

    /** Returns the value as it is compared with others of its column. */
    public Object comparable(Object value) {
        return Plain.comparable(plain.apply(value));
    }
}
