package dev.sluice.plugin.standard.transform;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.ConnectRecord;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Makes the whole key or value a field of a new struct, or of a new map where there is no schema; null too. */
public abstract sealed class HoistField extends PartTransformation {
    private static final ConfigKey<String> FIELD =
            ConfigKey.string("field").doc("Name of the only field of the new struct or map.");

    /** The settings. */
    static final ConfigSpec SPEC = ConfigSpec.of(FIELD);

    private final Requirements requirements = requirements("hoist into a field");
    private final SchemaCache<Schema, StructSchema> schemas = new SchemaCache<>(
            schema -> Schema.struct().field(this.field, schema).build());
    private String field = "";

    private HoistField(Part part) {
        super(part);
    }

    /** Hoists the key. */
    public static final class Key extends HoistField {
        /** Called by the runtime. */
        public Key() {
            super(Part.KEY);
        }
    }

    /** Hoists the value. */
    public static final class Value extends HoistField {
        /** Called by the runtime. */
        public Value() {
            super(Part.VALUE);
        }
    }

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void configure(Config config) {
        field = config.get(FIELD);
    }

    @Override
    SchemaAndValue change(SchemaAndValue data, ConnectRecord<?> record) {
        Schema schema = data.schema();
        if (schema == null) {
            return SchemaAndValue.schemaless(Collections.singletonMap(field, data.value()));
        }
        Object value = data.value();
        if (value == null && !schema.isOptional() && schema.defaultValue() == null) {
            throw requirements.field(
                    field,
                    "would be null, which its schema does not allow",
                    "Put a predicate before the transformation that leaves tombstones out.");
        }
        StructSchema hoisted = schemas.get(schema);
        return SchemaAndValue.of(hoisted, Struct.ofFitting(hoisted, new @Nullable Object[] {value}));
    }
}
