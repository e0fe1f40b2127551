package dev.sluice.plugin.standard.transform;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.ConnectRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes fields of structs in structs, or of maps in maps, fields at the root, named by the way to them. Lists stay as they
 * are, and null stays null.
 */
public abstract sealed class Flatten extends PartTransformation {
    private static final ConfigKey<String> DELIMITER = ConfigKey.string("delimiter")
            .defaultsTo(".")
            .doc("What stands between the names of the fields on the way.");

    /** The settings. */
    static final ConfigSpec SPEC = ConfigSpec.of(DELIMITER);

    private final Requirements requirements = requirements("flatten fields");
    private final SchemaCache<StructSchema, FlattenPlan> plans =
            new SchemaCache<>(schema -> FlattenPlan.of(schema, this.delimiter, this.requirements));
    private String delimiter = "";

    private Flatten(Part part) {
        super(part);
    }

    /** Flattens the key. */
    public static final class Key extends Flatten {
        /** Called by the runtime. */
        public Key() {
            super(Part.KEY);
        }
    }

    /** Flattens the value. */
    public static final class Value extends Flatten {
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
        delimiter = config.get(DELIMITER);
    }

    @Override
    SchemaAndValue change(SchemaAndValue data, ConnectRecord<?> record) {
        Object value = data.value();
        Schema schema = data.schema();
        if (value == null) {
            return data;
        }
        if (schema == null) {
            Map<String, @Nullable Object> flat = new LinkedHashMap<>();
            flatten(requirements.map(value), "", flat);
            return SchemaAndValue.schemaless(flat);
        }
        FlattenPlan plan = plans.get(requirements.structSchema(schema));
        return SchemaAndValue.of(plan.schema(), plan.apply(requirements.struct(value)));
    }

    private void flatten(Map<?, @Nullable Object> map, String prefix, Map<String, @Nullable Object> flat) {
        map.forEach((key, value) -> {
            String name = requirements.name(key);
            String fullName = prefix.isEmpty() ? name : prefix + delimiter + name;
            if (Requirements.isScalar(value)) {
                flat.put(fullName, value);
            } else if (value instanceof Map<?, ?>) {
                flatten(requirements.map(value), fullName, flat);
            } else if (value instanceof Struct) {
                throw requirements.field(fullName, "is a struct in a map", "Use a converter with schemas or without.");
            } else {
                flat.put(fullName, value);
            }
        });
    }
}
