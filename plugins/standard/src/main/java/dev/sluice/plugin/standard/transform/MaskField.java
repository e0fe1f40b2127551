package dev.sluice.plugin.standard.transform;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.data.Field;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.ConnectRecord;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts zero, false, the empty text or a replacement in the place of fields at the root. Fields that are null stay null.
 *
 * <p>A masked decimal keeps the scale of its schema; Kafka Connect gives it another, and converters then fail.
 */
public abstract sealed class MaskField extends PartTransformation {
    private static final ConfigKey<List<String>> FIELDS = ConfigKey.list("fields")
            .check(Check.nonEmptyList())
            .check(Check.distinct())
            .doc("Names of the fields to mask.")
            .importance(Importance.HIGH);
    private static final ConfigKey<String> REPLACEMENT = ConfigKey.string("replacement")
            .optional()
            .check(Check.nonEmpty())
            .doc(
                    "Stands in the place of the values, which must all be numbers or texts then. Without it, numbers become 0,"
                            + " texts empty, truth values false, days and times those of 1970-01-01T00:00Z, lists and maps empty.")
            .importance(Importance.LOW);

    /** The settings. */
    static final ConfigSpec SPEC = ConfigSpec.of(FIELDS, REPLACEMENT, NullReplacement.KEY);

    private final Requirements requirements = requirements("mask fields");
    private final SchemaCache<StructSchema, Plan> plans = new SchemaCache<>(this::plan);
    private Set<String> masked = Set.of();
    private @Nullable String replacement;
    private boolean replacesNull;

    private MaskField(Part part) {
        super(part);
    }

    /** Masks fields of the key. */
    public static final class Key extends MaskField {
        /** Called by the runtime. */
        public Key() {
            super(Part.KEY);
        }
    }

    /** Masks fields of the value. */
    public static final class Value extends MaskField {
        /** Called by the runtime. */
        public Value() {
            super(Part.VALUE);
        }
    }

    private record Plan(StructSchema schema, FieldCopy copy, List<Field> masked) {}

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void configure(Config config) {
        masked = Set.copyOf(config.get(FIELDS));
        replacement = config.find(REPLACEMENT).orElse(null);
        replacesNull = config.get(NullReplacement.KEY);
    }

    @Override
    SchemaAndValue change(SchemaAndValue data, ConnectRecord<?> record) {
        Schema schema = data.schema();
        if (schema == null) {
            return SchemaAndValue.schemaless(masked(requirements.map(data.value())));
        }
        Struct struct = requirements.struct(data.value());
        Plan plan = plans.get(struct.schema());
        @Nullable Object[] values = plan.copy.values(struct);
        for (Field field : plan.masked) {
            values[field.index()] = masked(field, values[field.index()]);
        }
        return SchemaAndValue.of(schema, Struct.ofFitting(plan.schema, values));
    }

    private Map<String, @Nullable Object> masked(Map<String, @Nullable Object> map) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(map);
        masked.forEach(name -> changed.put(name, masked(name, map.get(name))));
        return changed;
    }

    private @Nullable Object masked(Field field, @Nullable Object value) {
        Object mask = masked(field.name(), value);
        if (!(mask instanceof BigDecimal decimal)) {
            return mask;
        }
        try {
            return decimal.setScale(LogicalType.scale(field.schema()));
        } catch (ArithmeticException tooLong) {
            throw requirements.field(
                    field.name(),
                    "has fewer digits after the point than the replacement",
                    "Shorten the setting replacement.");
        }
    }

    private @Nullable Object masked(String name, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        String text = replacement;
        Object mask = text == null ? Masks.zero(value) : replaced(name, value, text);
        if (mask == null) {
            throw requirements.field(
                    name,
                    "is of type " + value.getClass().getName() + ", for which there is no "
                            + (text == null ? "mask" : "replacement"),
                    "Drop it by ReplaceField.");
        }
        return mask;
    }

    private @Nullable Object replaced(String name, Object value, String text) {
        try {
            return Masks.replacement(text, value);
        } catch (NumberFormatException notNumber) {
            throw requirements.field(
                    name,
                    "is a number, and the replacement is none",
                    "Mask numbers and texts by a transformation each.");
        }
    }

    private Plan plan(StructSchema schema) {
        List<Field> fields = schema.fields().stream()
                .filter(field -> masked.contains(field.name()))
                .toList();
        return new Plan(schema, FieldCopy.all(schema, schema.fields().size(), replacesNull), fields);
    }
}
