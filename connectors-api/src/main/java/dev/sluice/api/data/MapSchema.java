package dev.sluice.api.data;

/**
 * The schema of a map.
 *
 * @param keys the schema of every key
 * @param values the schema of every value
 * @param traits what the schema says beside its type
 */
public record MapSchema(Schema keys, Schema values, SchemaTraits traits) implements Schema {
    @Override
    public SchemaType type() {
        return SchemaType.MAP;
    }

    @Override
    public MapSchema with(SchemaTraits newTraits) {
        return new MapSchema(keys, values, newTraits);
    }
}
