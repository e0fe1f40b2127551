package dev.sluice.api.data;

import dev.sluice.api.error.DataException;
import org.jspecify.annotations.Nullable;

/**
 * A row of named values with a schema.
 *
 * <p>Read-only. {@link #builder} makes one; other implementations may read foreign rows in place. All implementations
 * compare by {@code schema().fields()} and values and hash as {@link #hash(Struct)} does, so that a view equals a copy.
 */
public interface Struct {
    /** Returns the schema. */
    StructSchema schema();

    /** Returns the value of the field at an index from 0, or null; an index out of range is an error of the caller. */
    @Nullable
    Object get(int index);

    /**
     * Returns the value of a field, or null. A {@link #builder} has filled in the default; where null was kept on
     * purpose ({@code replace.null.with.default=false}), it is null in spite of one.
     *
     * @throws DataException if there is no field of that name
     */
    default @Nullable Object get(String name) {
        Field field = schema().fieldOrNull(name);
        if (field == null) {
            throw new DataException("Cannot read field '" + name + "': the struct has "
                    + schema().fields().stream().map(Field::name).toList() + ".");
        }
        return get(field.index());
    }

    /**
     * Returns the value of a field as a Java type.
     *
     * @return the value, or null
     * @throws DataException if there is no field of that name, or its value has another type
     */
    default <T> @Nullable T get(String name, Class<T> type) {
        Object value = get(name);
        if (value != null && !type.isInstance(value)) {
            throw new DataException("Cannot read field '" + name + "' as " + type.getSimpleName() + ": it holds a "
                    + value.getClass().getName() + ".");
        }
        return type.cast(value);
    }

    /** Starts a struct of that schema; fields that are not set get their default value or null. */
    static StructBuilder builder(StructSchema schema) {
        return new StructBuilder(schema);
    }

    /**
     * Returns a struct of values that are known to fit, without looking at them: those of another struct, or what a
     * reader made under this very schema. For hot paths; {@link #builder} checks. Null stays null here, also where the
     * schema has a default.
     *
     * @param values one per field in the order of the schema; given away, so nobody may change the array afterwards
     */
    static Struct ofFitting(StructSchema schema, @Nullable Object[] values) {
        if (values.length != schema.fields().size()) {
            throw new IllegalArgumentException("Cannot make a struct of " + values.length + " values: its schema has "
                    + schema.fields().size() + " fields.");
        }
        return new ArrayStruct(schema, values);
    }

    /** Returns a builder that starts with this struct's values. */
    default StructBuilder toBuilder() {
        StructBuilder builder = new StructBuilder(schema());
        for (int i = 0; i < schema().fields().size(); i++) {
            builder = builder.set(i, get(i));
        }
        return builder;
    }

    /** Returns the hash code that every implementation answers. */
    static int hash(Struct struct) {
        int hash = struct.schema().fields().hashCode();
        for (int i = 0; i < struct.schema().fields().size(); i++) {
            hash = 31 * hash + DeepValue.hash(struct.get(i));
        }
        return hash;
    }

    /** Returns whether two structs have equal fields and values; bytes are compared by content. */
    static boolean equal(Struct one, Struct other) {
        if (!one.schema().fields().equals(other.schema().fields())) {
            return false;
        }
        for (int i = 0; i < one.schema().fields().size(); i++) {
            if (!DeepValue.equal(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }
}
