package dev.sluice.api.data;

/**
 * The schema of a value that is not built of other values.
 *
 * @param type any type that is not composite
 * @param traits what the schema says beside its type
 */
public record PrimitiveSchema(SchemaType type, SchemaTraits traits) implements Schema {
    /** Refuses composite types. */
    public PrimitiveSchema {
        if (type.isComposite()) {
            throw new IllegalArgumentException("Cannot make a primitive schema of type " + type.wireName()
                    + ": it is composite. Use Schema.array, Schema.map or Schema.struct.");
        }
    }

    @Override
    public PrimitiveSchema with(SchemaTraits newTraits) {
        return new PrimitiveSchema(type, newTraits);
    }
}
