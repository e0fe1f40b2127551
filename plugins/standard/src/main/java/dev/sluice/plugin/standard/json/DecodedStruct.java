package dev.sluice.plugin.standard.json;

import dev.sluice.api.data.Field;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import org.jspecify.annotations.Nullable;

/** A struct whose values came from readers of its schema, so that they need no second check. */
final class DecodedStruct implements Struct {
    private final StructSchema schema;
    private final @Nullable Object[] values;

    /** Keeps the array; the caller gives it away. */
    DecodedStruct(StructSchema schema, @Nullable Object[] values) {
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

    /** Names the fields, never the values. */
    @Override
    public String toString() {
        return "Struct" + schema.fields().stream().map(Field::name).toList();
    }
}
