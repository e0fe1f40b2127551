package dev.sluice.plugin.standard.transform;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.data.Field;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.ConnectRecord;
import dev.sluice.api.transform.Transformation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the key of fields at the root of the value. */
public final class ValueToKey implements Transformation {
    private static final ConfigKey<List<String>> FIELDS = ConfigKey.list("fields")
            .check(Check.nonEmptyList())
            .check(Check.distinct())
            .doc("Names of the value's fields that the key is made of, in this order.")
            .importance(Importance.HIGH);

    /** The settings. */
    static final ConfigSpec SPEC = ConfigSpec.of(FIELDS, NullReplacement.KEY);

    private final Requirements requirements = new Requirements("make the key of fields", Part.VALUE);
    private final SchemaCache<StructSchema, Plan> plans = new SchemaCache<>(this::plan);
    private List<String> fields = List.of();
    private boolean replacesNull;

    private record Plan(StructSchema key, FieldCopy copy) {}

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void configure(Config config) {
        fields = config.get(FIELDS);
        replacesNull = config.get(NullReplacement.KEY);
    }

    @Override
    public <R extends ConnectRecord<R>> R apply(R record) {
        SchemaAndValue data = record.value();
        if (data.schema() == null) {
            return record.withKey(SchemaAndValue.schemaless(key(requirements.map(data.value()))));
        }
        Struct struct = requirements.struct(data.value());
        Plan plan = plans.get(struct.schema());
        return record.withKey(SchemaAndValue.of(plan.key, Struct.ofFitting(plan.key, plan.copy.values(struct))));
    }

    private Map<String, @Nullable Object> key(Map<String, @Nullable Object> value) {
        Map<String, @Nullable Object> key = new LinkedHashMap<>();
        fields.forEach(name -> key.put(name, value.get(name)));
        return key;
    }

    private Plan plan(StructSchema schema) {
        List<Field> taken = new ArrayList<>();
        for (String name : fields) {
            taken.add(schema.field(name)
                    .orElseThrow(() -> requirements.field(
                            name,
                            "is not there",
                            "Correct the setting fields, or put a predicate before the transformation.")));
        }
        return new Plan(Schemas.fields(taken).build(), FieldCopy.of(taken, replacesNull));
    }
}
