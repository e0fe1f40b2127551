package dev.sluice.plugin.standard.transform;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.data.Field;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.SchemaTraits;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.ConnectRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Casts fields at the root, or the whole key or value, to other primitive types. Null stays as it is.
 *
 * <p>Different from Kafka Connect, on purpose: a logical type that is cast as a whole loses its name, which Kafka Connect
 * leaves on a value that it no longer fits; the default of a struct is cast along, where Kafka Connect refuses the record.
 */
public abstract sealed class Cast extends PartTransformation {
    private static final ConfigKey<List<String>> CASTS = ConfigKey.list("spec")
            .check(CastSpec.CHECK)
            .doc(
                    "Fields and the types to cast them to, as field:type, or one type for the whole key or value. Bytes can be"
                            + " cast to string only, and become Base64.")
            .importance(Importance.HIGH);

    /** The settings. */
    static final ConfigSpec SPEC = ConfigSpec.of(CASTS, NullReplacement.KEY);

    private final Requirements requirements = requirements("cast fields");
    private final SchemaCache<StructSchema, StructPlan> structPlans = new SchemaCache<>(this::plan);
    private final SchemaCache<Schema, WholePlan> wholePlans = new SchemaCache<>(this::wholePlan);
    private final Map<String, CastRule> fields = new LinkedHashMap<>();
    private @Nullable CastRule whole;
    private boolean replacesNull;

    private Cast(Part part) {
        super(part);
    }

    /** Casts the key or its fields. */
    public static final class Key extends Cast {
        /** Called by the runtime. */
        public Key() {
            super(Part.KEY);
        }
    }

    /** Casts the value or its fields. */
    public static final class Value extends Cast {
        /** Called by the runtime. */
        public Value() {
            super(Part.VALUE);
        }
    }

    private record WholePlan(Schema from, @Nullable LogicalType logical, Schema to) {}

    private record StructPlan(StructSchema schema, FieldCopy copy, List<FieldCast> casts) {
        Struct apply(Struct struct) {
            @Nullable Object[] values = copy.values(struct);
            for (int i = 0; i < casts.size(); i++) {
                FieldCast cast = casts.get(i);
                values[cast.index] = cast.rule.of(cast.from, cast.logical, values[cast.index]);
            }
            return Struct.ofFitting(schema, values);
        }
    }

    private record FieldCast(
            int index, Schema from, @Nullable LogicalType logical, CastRule rule) {}

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void configure(Config config) {
        CastSpec spec = CastSpec.of(config.get(CASTS));
        String place = "the " + part().word();
        whole = spec.whole() == null ? null : new CastRule(spec.whole(), place);
        spec.fields().forEach((name, type) -> fields.put(name, new CastRule(type, "field '" + name + "' of " + place)));
        replacesNull = config.get(NullReplacement.KEY);
    }

    @Override
    SchemaAndValue change(SchemaAndValue data, ConnectRecord<?> record) {
        Object value = data.value();
        Schema schema = data.schema();
        if (value == null) {
            return data;
        }
        CastRule all = whole;
        if (schema == null) {
            return SchemaAndValue.schemaless(all == null ? castFields(requirements.map(value)) : all.schemaless(value));
        }
        if (all != null) {
            WholePlan plan = wholePlans.get(schema);
            return SchemaAndValue.of(plan.to, all.of(plan.from, plan.logical, value));
        }
        Struct struct = requirements.struct(value);
        StructPlan plan = structPlans.get(struct.schema());
        return SchemaAndValue.of(plan.schema, plan.apply(struct));
    }

    private Map<String, @Nullable Object> castFields(Map<String, @Nullable Object> map) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(map);
        fields.forEach((name, rule) -> changed.put(name, rule.schemaless(map.get(name))));
        return changed;
    }

    private WholePlan wholePlan(Schema from) {
        CastRule rule = whole;
        if (rule == null) {
            throw new IllegalStateException("Cannot plan: no type for the whole is set.");
        }
        LogicalType logical = from.logicalType().orElse(null);
        SchemaTraits traits = Schemas.traits(from, from.isOptional(), rule.of(from, logical, from.defaultValue()));
        Schema to = rule.type().schema().with(traits);
        return new WholePlan(from, logical, logical == null ? to : unnamed(to));
    }

    private static Schema unnamed(Schema schema) {
        SchemaTraits of = schema.traits();
        return schema.with(new SchemaTraits(of.isOptional(), null, null, of.doc(), Map.of(), of.defaultValue()));
    }

    private StructPlan plan(StructSchema from) {
        StructSchema.Builder builder = Schema.struct();
        List<FieldCast> casts = new ArrayList<>();
        for (Field field : from.fields()) {
            CastRule rule = fields.get(field.name());
            if (rule == null) {
                builder = builder.field(field.name(), field.schema());
            } else {
                FieldCast cast = cast(field, rule);
                casts.add(cast);
                builder = builder.field(field.name(), castSchema(field.schema(), cast));
            }
        }
        FieldCopy copy = FieldCopy.all(from, from.fields().size(), replacesNull);
        StructSchema schema = builder.build().with(Schemas.traits(from, from.isOptional(), null));
        StructPlan plan = new StructPlan(schema, copy, casts);
        return from.defaultValue() instanceof Struct value
                ? new StructPlan(schema.with(Schemas.traits(from, from.isOptional(), plan.apply(value))), copy, casts)
                : plan;
    }

    private static FieldCast cast(Field field, CastRule rule) {
        return new FieldCast(
                field.index(), field.schema(), field.schema().logicalType().orElse(null), rule);
    }

    private static Schema castSchema(Schema from, FieldCast cast) {
        Object defaultValue = cast.rule.of(from, cast.logical, from.defaultValue());
        SchemaTraits plain = SchemaTraits.PLAIN;
        return cast.rule
                .type()
                .schema()
                .with(new SchemaTraits(from.isOptional(), null, null, null, plain.parameters(), defaultValue));
    }
}
