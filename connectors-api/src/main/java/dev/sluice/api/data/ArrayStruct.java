package dev.sluice.api.data;

import org.jspecify.annotations.Nullable;

/** A struct that holds its values in an array, in the order of the schema's fields. */
final class ArrayStruct implements Struct {
    private final StructSchema schema;
    private final @Nullable Object[] values;

    /** Keeps the array; the caller gives it away. */
    ArrayStruct(StructSchema schema, @Nullable Object[] values) {
        this.schema = schema;
        this.values = values;
    }

    @Override
    public StructSchema schema() {
        return schema;
    }

    @Override
    public @Nullable Object get(int index) {
        return values[index];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Struct that && Struct.equal(this, that));
    }

    @Override
    public int hashCode() {
        return Struct.hash(this);
    }

    /** Names the fields but not their values, which may be secret. */
    @Override
    public String toString() {
        return "Struct" + schema.fields().stream().map(Field::name).toList();
    }
}
