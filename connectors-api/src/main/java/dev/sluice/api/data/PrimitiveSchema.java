package dev.sluice.api.data;

import org.jspecify.annotations.Nullable;

/** The schema of a value that is not built of other values. Made by the constants and methods of {@link Schema} only. */
public final class PrimitiveSchema implements Schema {
    private final SchemaType type;
    private final SchemaTraits traits;

    /** Refuses composite types. */
    PrimitiveSchema(SchemaType type, SchemaTraits traits) {
        if (type.isComposite()) {
            throw new IllegalArgumentException("Cannot make a primitive schema of type " + type.wireName()
                    + ": it is composite. Use Schema.array, Schema.map or Schema.struct.");
        }
        this.type = type;
        this.traits = traits;
    }

    @Override
    public SchemaType type() {
        return type;
    }

    @Override
    public SchemaTraits traits() {
        return traits;
    }

    @Override
    public PrimitiveSchema with(SchemaTraits newTraits) {
        return new PrimitiveSchema(type, newTraits);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof PrimitiveSchema that && type == that.type && traits.equals(that.traits));
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + traits.hashCode();
    }

    @Override
    public String toString() {
        return "PrimitiveSchema[" + type + ", " + traits + "]";
    }
}
