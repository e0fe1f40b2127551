package dev.sluice.api.data;

import dev.sluice.api.error.DataException;
import org.jspecify.annotations.Nullable;

/** Collects the values of a {@link Struct}; used by one thread, and for one struct. */
public final class StructBuilder {
    private final StructSchema schema;
    private final @Nullable Object[] values;

    StructBuilder(StructSchema schema) {
        this.schema = schema;
        this.values = new @Nullable Object[schema.fields().size()];
    }

    /**
     * Sets a field by name.
     *
     * @throws DataException if there is no field of that name
     */
    public StructBuilder set(String name, @Nullable Object value) {
        Field field = schema.fieldOrNull(name);
        if (field == null) {
            throw new DataException("Cannot set field '" + name + "': the struct schema has "
                    + schema.fields().stream().map(Field::name).toList() + ".");
        }
        return set(field.index(), value);
    }

    /** Sets a field by its index from 0; an index out of range is an error of the caller. */
    public StructBuilder set(int index, @Nullable Object value) {
        values[index] = value;
        return this;
    }

    /**
     * Returns the struct with defaults filled in, every value checked against its schema.
     *
     * @throws DataException naming the first field whose value does not fit
     */
    public Struct build() {
        @Nullable Object[] filled = values.clone();
        for (Field field : schema.fields()) {
            if (filled[field.index()] == null) {
                filled[field.index()] = field.schema().defaultValue();
            }
            SchemaCheck.require(field.schema(), filled[field.index()], "field '" + field.name() + "'");
        }
        return new ArrayStruct(schema, filled);
    }
}
