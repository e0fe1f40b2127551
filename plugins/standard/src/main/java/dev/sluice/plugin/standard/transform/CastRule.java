package dev.sluice.plugin.standard.transform;

import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaType;
import dev.sluice.api.data.Struct;
import dev.sluice.api.error.DataException;
import dev.sluice.plugin.standard.HeaderText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Casts the values of one field, or one whole key or value, to one type.
 *
 * @param type what they become
 * @param place what messages call the field or the whole, such as {@code field 'id' of the value}
 */
record CastRule(CastType type, String place) {

    /** Returns a schemaless value as the type; null stays null. */
    @Nullable
    Object schemaless(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (Requirements.isScalar(value)) {
            return cast(value);
        }
        if (value instanceof Map<?, ?> || value instanceof List<?> || value instanceof Struct) {
            throw notCastable(value.getClass().getName());
        }
        return cast(isTemporal(value) ? HeaderText.of(value) : value);
    }

    /** Returns a value that fits a schema as the type; null stays null. */
    @Nullable
    Object of(Schema schema, @Nullable LogicalType logical, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (schema.type().isComposite()) {
            throw notCastable(schema.type().wireName());
        }
        return cast(logical == null || logical == LogicalType.DECIMAL ? value : plain(schema, logical, value));
    }

    /** Days and times become texts by their own form, and numbers by what they are on the wire. */
    private Object plain(Schema schema, LogicalType logical, Object value) {
        boolean isText =
                type == CastType.STRING && logical != LogicalType.MICRO_TIME && logical != LogicalType.MICRO_TIMESTAMP;
        return isText ? HeaderText.of(value) : logical.toBase(schema, value);
    }

    private Object cast(Object value) {
        try {
            return type.cast(value);
        } catch (NumberFormatException notNumber) {
            // Without its cause, which quotes the value.
            throw new DataException("Cannot cast " + place + " to " + type.word() + ": the text is no number that fits "
                    + type.word() + ". Correct the data, or cast to a wider type.");
        } catch (ClassCastException notNumber) {
            throw notCastable(value.getClass().getName());
        }
    }

    private DataException notCastable(String what) {
        boolean isBinary = what.equals(SchemaType.BYTES.wireName()) || what.equals("[B") || what.endsWith("Buffer");
        String fix = isBinary ? "Bytes can be cast to string only." : "Flatten it first, or take it out of spec.";
        return new DataException(
                "Cannot cast " + place + " to " + type.word() + ": it is of type " + what + ". " + fix);
    }

    private static boolean isTemporal(Object value) {
        return value instanceof Instant || value instanceof LocalDate || value instanceof LocalTime;
    }
}
