package dev.sluice.plugin.standard.transform;

import dev.sluice.api.data.Schema;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.DataException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a transformation needs its data to be, and the words for it where it is something else.
 *
 * @param purpose what cannot be done otherwise, such as {@code mask fields}
 * @param part the part of the record
 */
record Requirements(String purpose, Part part) {

    /** Returns schemaless data as what it must be: a map. */
    @SuppressWarnings("unchecked") // The keys of schemaless maps are names; one that is not is found by nobody.
    Map<String, @Nullable Object> map(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw refused("it is " + described(value) + ", and without a schema only a map has fields");
    }

    /** Returns the key of an entry as what it must be where names count. */
    String name(@Nullable Object key) {
        if (key instanceof String name) {
            return name;
        }
        throw refused("it is a map with a key that is " + described(key) + ", and only texts are names of fields");
    }

    /** Returns data with a schema as what it must be: a struct. */
    Struct struct(@Nullable Object value) {
        if (value instanceof Struct struct) {
            return struct;
        }
        throw refused("it is " + described(value) + ", and only a struct has fields");
    }

    /** Returns the schema of a struct. */
    StructSchema structSchema(Schema schema) {
        if (schema instanceof StructSchema struct) {
            return struct;
        }
        throw refused("its schema is " + schema.type().wireName() + ", and only a struct has fields");
    }

    private DataException refused(String why) {
        return new DataException("Cannot " + purpose + " of the " + part.word() + ": " + why
                + ". Put a predicate before the transformation that leaves such records out, or HoistField, which makes"
                + " a field of any " + part.word() + ".");
    }

    /** Says that a field cannot be dealt with. */
    DataException field(String name, String why, String fix) {
        return new DataException(
                "Cannot " + purpose + " of the " + part.word() + ": field '" + name + "' " + why + ". " + fix);
    }

    /**
     * Returns whether a value is a text, a number or a truth value, as most are. Asked first, it saves looking for
     * interfaces that the value does not have, which costs several times as much.
     */
    static boolean isScalar(@Nullable Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    /** Names what a value is, never the value. */
    static String described(@Nullable Object value) {
        return value == null ? "null" : "a " + value.getClass().getName();
    }
}
