package dev.sluice.plugin.standard.transform;

import dev.sluice.api.data.Field;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaTraits;
import dev.sluice.api.data.StructSchema;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Makes schemas out of others. */
final class Schemas {
    private Schemas() {}

    /**
     * Returns a struct schema with other fields but the model's name, version, doc and parameters. It is required and has
     * no default, as Kafka Connect makes it.
     */
    static StructSchema like(StructSchema model, StructSchema.Builder fields) {
        return fields.build().with(traits(model, false, null));
    }

    /** Returns the traits of a model with another optionality and another default. */
    static SchemaTraits traits(Schema model, boolean isOptional, @Nullable Object defaultValue) {
        SchemaTraits of = model.traits();
        return new SchemaTraits(isOptional, of.name(), of.version(), of.doc(), of.parameters(), defaultValue);
    }

    /** Starts a struct schema with these fields. */
    static StructSchema.Builder fields(Collection<Field> fields) {
        StructSchema.Builder builder = Schema.struct();
        for (Field field : fields) {
            builder = builder.field(field.name(), field.schema());
        }
        return builder;
    }
}
