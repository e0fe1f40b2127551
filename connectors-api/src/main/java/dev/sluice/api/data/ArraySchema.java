package dev.sluice.api.data;

/**
 * The schema of a list.
 *
 * @param items the schema of every element
 * @param traits what the schema says beside its type
 */
public record ArraySchema(Schema items, SchemaTraits traits) implements Schema {
    @Override
    public SchemaType type() {
        return SchemaType.ARRAY;
    }

    @Override
    public ArraySchema with(SchemaTraits newTraits) {
        return new ArraySchema(items, newTraits);
    }
}
