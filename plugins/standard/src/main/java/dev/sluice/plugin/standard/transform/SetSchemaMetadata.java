package dev.sluice.plugin.standard.transform;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblems;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.SchemaTraits;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.ConnectRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sets name and version of the schema. Null without a schema stays as it is; other data without a schema is refused.
 *
 * <p>A value whose logical type goes or comes with the name is translated along, where Kafka Connect leaves it as one that
 * its schema does not fit.
 */
public abstract sealed class SetSchemaMetadata extends PartTransformation {
    private static final ConfigKey<String> NAME = ConfigKey.string("schema.name")
            .optional()
            .doc("New name of the schema.")
            .importance(Importance.HIGH);
    private static final ConfigKey<Integer> VERSION = ConfigKey.integer("schema.version")
            .optional()
            .doc("New version of the schema.")
            .importance(Importance.HIGH);

    /** The settings. */
    static final ConfigSpec SPEC =
            ConfigSpec.of(NAME, VERSION, NullReplacement.KEY).rule(SetSchemaMetadata::checkThereIsSomething);

    private final SchemaCache<Schema, Plan> plans = new SchemaCache<>(this::plan);
    private @Nullable String name;
    private @Nullable Integer version;
    private boolean replacesNull;

    private SetSchemaMetadata(Part part) {
        super(part);
    }

    /** Names the schema of the key. */
    public static final class Key extends SetSchemaMetadata {
        /** Called by the runtime. */
        public Key() {
            super(Part.KEY);
        }
    }

    /** Names the schema of the value. */
    public static final class Value extends SetSchemaMetadata {
        /** Called by the runtime. */
        public Value() {
            super(Part.VALUE);
        }
    }

    /** The new schema, and how structs of the old one are copied. */
    private record Plan(Schema schema, @Nullable FieldCopy copy, boolean isTranslated) {}

    private static void checkThereIsSomething(Config config, ConfigProblems problems) {
        if (config.find(NAME).isEmpty() && config.find(VERSION).isEmpty()) {
            problems.error(NAME, "Cannot set nothing: give schema.name, schema.version or both.");
        }
    }

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void configure(Config config) {
        name = config.find(NAME).orElse(null);
        version = config.find(VERSION).orElse(null);
        replacesNull = config.get(NullReplacement.KEY);
    }

    @Override
    SchemaAndValue change(SchemaAndValue data, ConnectRecord<?> record) {
        Object value = data.value();
        Schema schema = data.schema();
        if (schema == null) {
            if (value == null) {
                return data;
            }
            throw new DataException("Cannot set the name of the " + part().word() + "'s schema: it has no schema."
                    + " Use a converter with schemas, or remove the transformation.");
        }
        Plan plan = plans.get(schema);
        if (plan.copy != null && value instanceof Struct struct && plan.schema instanceof StructSchema renamed) {
            return SchemaAndValue.of(renamed, Struct.ofFitting(renamed, plan.copy.values(struct)));
        }
        return SchemaAndValue.of(
                plan.schema, plan.isTranslated && value != null ? translated(schema, plan.schema, value) : value);
    }

    private static Object translated(Schema from, Schema to, Object value) {
        Object plain =
                from.logicalType().map(logical -> logical.toBase(from, value)).orElse(value);
        return to.logicalType().map(logical -> logical.fromBase(to, plain)).orElse(plain);
    }

    private Plan plan(Schema from) {
        SchemaTraits of = from.traits();
        String newName = name == null ? of.name() : name;
        Integer newVersion = version == null ? of.version() : version;
        Schema renamed =
                from.with(new SchemaTraits(of.isOptional(), newName, newVersion, of.doc(), of.parameters(), null));
        boolean isTranslated = !from.logicalType().equals(renamed.logicalType());
        Object oldDefault = of.defaultValue();
        Object newDefault = isTranslated && oldDefault != null ? translated(from, renamed, oldDefault) : oldDefault;
        Schema to = renamed.with(Schemas.traits(renamed, of.isOptional(), newDefault));
        FieldCopy copy = from instanceof StructSchema struct
                ? FieldCopy.all(struct, struct.fields().size(), replacesNull)
                : null;
        return new Plan(to, copy, isTranslated);
    }
}
