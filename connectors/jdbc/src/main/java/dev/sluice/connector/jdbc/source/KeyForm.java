package dev.sluice.connector.jdbc.source;

import dev.sluice.api.data.Field;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.connector.jdbc.dialect.Names;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the keys of one table are written as bytes, so that equal keys have equal bytes, and read back.
 *
 * <pre>{@code key = { null 0 | whole 1 zigzag varint | other 1 varint(length) bytes }, one per column}</pre>
 *
 * @param schema that of the records' keys
 * @param kinds what each column holds
 */
record KeyForm(StructSchema schema, List<Kind> kinds) {
    KeyForm {
        kinds = List.copyOf(kinds);
    }

    /** What a column of a key holds. Whole numbers of all widths are written alike, so that a column may be widened. */
    enum Kind {
        /** A whole number of 64 bits or less. */
        WHOLE,
        /** An exact number. */
        DECIMAL,
        /** A text. */
        TEXT,
        /** Bytes. */
        BYTES
    }

    /**
     * Works it out.
     *
     * @param shown what messages call the table
     * @param schema the schema of its records' keys, or null if they have none
     * @throws ConnectorException if keys cannot be compared
     */
    static KeyForm of(String shown, @Nullable StructSchema schema) {
        if (schema == null) {
            throw new ConnectorException(
                    "Cannot reconcile deleted rows of " + shown + ": its records have no key, because"
                            + " it has no primary key. Name the columns of a key by key.columns, or leave the table out.");
        }
        List<Kind> kinds = new ArrayList<>();
        for (Field field : schema.fields()) {
            kinds.add(kind(shown, field));
        }
        return new KeyForm(schema, kinds);
    }

    private static Kind kind(String shown, Field field) {
        Schema schema = field.schema();
        boolean isPlain = schema.logicalType().isEmpty();
        return switch (schema.type()) {
            case INT8, INT16, INT32, INT64 -> isPlain ? Kind.WHOLE : refuse(shown, field);
            case STRING -> Kind.TEXT;
            case BYTES -> isPlain ? Kind.BYTES : Kind.DECIMAL;
            default -> refuse(shown, field);
        };
    }

    private static Kind refuse(String shown, Field field) {
        throw new ConnectorException("Cannot reconcile deleted rows of " + shown + ": column " + field.name()
                + " of its key holds "
                + field.schema()
                        .logicalType()
                        .map(Object::toString)
                        .orElseGet(() -> field.schema().type().toString())
                + ", expected whole numbers, decimals, texts or bytes. Choose other columns by key.columns, or leave the table"
                + " out.");
    }

    /** Returns what must be equal for keys of two times to be comparable. */
    String signature() {
        return schema.fields().stream()
                .map(field -> field.name() + ":" + kinds.get(field.index()))
                .collect(Collectors.joining(","));
    }

    byte[] bytes(Struct key) {
        KeyBytes out = new KeyBytes();
        for (int i = 0; i < kinds.size(); i++) {
            Object value = key.get(i);
            out.add((byte) (value == null ? 0 : 1));
            if (value != null) {
                add(out, kinds.get(i), value);
            }
        }
        return out.toArray();
    }

    private static void add(KeyBytes out, Kind kind, Object value) {
        switch (kind) {
            case WHOLE -> out.addWhole(((Number) value).longValue());
            case DECIMAL, TEXT -> out.addText(value.toString());
            case BYTES -> out.addBytes((byte[]) value);
        }
    }

    Struct key(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        @Nullable Object[] values = new Object[kinds.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.get() == 0 ? null : value(in, i);
        }
        return Struct.ofFitting(schema, values);
    }

    private Object value(ByteBuffer in, int index) {
        return switch (kinds.get(index)) {
            case WHOLE -> whole(schema.fields().get(index).schema(), KeyBytes.whole(in));
            case DECIMAL -> new BigDecimal(KeyBytes.text(in));
            case TEXT -> KeyBytes.text(in);
            case BYTES -> KeyBytes.bytes(in);
        };
    }

    private static Object whole(Schema schema, long value) {
        return switch (schema.type()) {
            case INT8 -> (byte) value;
            case INT16 -> (short) value;
            case INT32 -> (int) value;
            default -> value;
        };
    }

    /** Adds the condition that a row has one of these keys. */
    void addAnyOf(Sql sql, Names names, List<byte[]> keys) {
        Field first = schema.fields().get(0);
        if (schema.fields().size() == 1 && !first.schema().isOptional()) {
            sql.add(names.quoted(first.name())).add(" IN (");
            for (int i = 0; i < keys.size(); i++) {
                addValue(
                        sql.add(i == 0 ? "" : ", "),
                        kinds.get(0),
                        Objects.requireNonNull(key(keys.get(i)).get(0)));
            }
            sql.add(")");
            return;
        }
        for (int i = 0; i < keys.size(); i++) {
            addEquals(sql.add(i == 0 ? "(" : " OR ("), names, key(keys.get(i)));
            sql.add(")");
        }
    }

    private void addEquals(Sql sql, Names names, Struct key) {
        for (Field field : schema.fields()) {
            int index = field.index();
            sql.add(index == 0 ? "" : " AND ").add(names.quoted(field.name()));
            Object value = key.get(index);
            if (value == null) {
                sql.add(" IS NULL");
            } else {
                addValue(sql.add(" = "), kinds.get(index), value);
            }
        }
    }

    private static void addValue(Sql sql, Kind kind, Object value) {
        switch (kind) {
            case WHOLE, DECIMAL -> sql.number((Number) value);
            case TEXT -> sql.text(value.toString());
            case BYTES -> sql.bytes((byte[]) value);
        }
    }
}
