package dev.sluice.plugin.standard.transform;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblems;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.ConnectRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Adds fields that say where a record comes from, or a fixed text. Null, a tombstone above all, stays as it is.
 *
 * <p>The schema of the result is required, whatever the input's was, as in Kafka Connect.
 */
public abstract sealed class InsertField extends PartTransformation {
    private static final String OPTIONALITY = " A field name that ends in ! makes a required field, one that ends in ?"
            + " or in neither an optional one.";
    private static final ConfigKey<String> TOPIC = field("topic.field", "the topic");
    private static final ConfigKey<String> PARTITION = field("partition.field", "the partition");
    private static final ConfigKey<String> OFFSET = field("offset.field", "the offset, in sink connectors only");
    private static final ConfigKey<String> TIMESTAMP = field("timestamp.field", "the record's timestamp");
    private static final ConfigKey<String> STATIC_FIELD = field("static.field", "the fixed text");
    private static final ConfigKey<String> STATIC_VALUE =
            ConfigKey.string("static.value").optional().doc("The fixed text of static.field.");

    /** The settings. */
    static final ConfigSpec SPEC = ConfigSpec.of(
                    TOPIC, PARTITION, OFFSET, TIMESTAMP, STATIC_FIELD, STATIC_VALUE, NullReplacement.KEY)
            .rule(InsertField::check);

    private final Requirements requirements = requirements("insert fields");
    private final SchemaCache<StructSchema, Plan> plans = new SchemaCache<>(this::plan);
    private List<Insertion> insertions = List.of();
    private boolean replacesNull;

    private InsertField(Part part) {
        super(part);
    }

    /** Inserts fields into the key. */
    public static final class Key extends InsertField {
        /** Called by the runtime. */
        public Key() {
            super(Part.KEY);
        }
    }

    /** Inserts fields into the value. */
    public static final class Value extends InsertField {
        /** Called by the runtime. */
        public Value() {
            super(Part.VALUE);
        }
    }

    /** A struct schema with the new fields, and how its old ones are filled. */
    private record Plan(StructSchema schema, FieldCopy copy, int firstNewIndex) {}

    private static ConfigKey<String> field(String name, String what) {
        return ConfigKey.string(name).optional().doc("Name of the field for " + what + "." + OPTIONALITY);
    }

    private static void check(Config config, ConfigProblems problems) {
        boolean hasStaticField = config.find(STATIC_FIELD).isPresent();
        if (hasStaticField && config.find(STATIC_VALUE).isEmpty()) {
            problems.error(STATIC_VALUE, "Cannot insert static.field without a text.", "Set static.value.");
        }
        boolean hasOther = Stream.of(TOPIC, PARTITION, OFFSET, TIMESTAMP)
                .anyMatch(key -> config.find(key).isPresent());
        if (!hasStaticField && !hasOther) {
            problems.error(
                    TOPIC,
                    "Cannot insert nothing.",
                    "Set topic.field, partition.field, offset.field, timestamp.field or static.field.");
        }
    }

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void configure(Config config) {
        List<Insertion> wanted = new ArrayList<>();
        config.find(TOPIC).ifPresent(name -> wanted.add(Insertion.topic(name)));
        config.find(PARTITION).ifPresent(name -> wanted.add(Insertion.partition(name)));
        config.find(OFFSET).ifPresent(name -> wanted.add(Insertion.offset(name, requirements)));
        config.find(TIMESTAMP).ifPresent(name -> wanted.add(Insertion.timestamp(name)));
        String text = config.find(STATIC_VALUE).orElse(null);
        config.find(STATIC_FIELD).ifPresent(name -> wanted.add(Insertion.text(name, text)));
        insertions = List.copyOf(wanted);
        replacesNull = config.get(NullReplacement.KEY);
    }

    @Override
    SchemaAndValue change(SchemaAndValue data, ConnectRecord<?> record) {
        Object value = data.value();
        if (value == null) {
            return data;
        }
        return data.schema() == null
                ? SchemaAndValue.schemaless(inserted(requirements.map(value), record))
                : inserted(requirements.struct(value), record);
    }

    private Map<String, @Nullable Object> inserted(Map<String, @Nullable Object> map, ConnectRecord<?> record) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(map);
        for (Insertion insertion : insertions) {
            Object value = insertion.source().of(record);
            if (value != null) {
                changed.put(insertion.name(), value);
            }
        }
        return changed;
    }

    private SchemaAndValue inserted(Struct struct, ConnectRecord<?> record) {
        Plan plan = plans.get(struct.schema());
        @Nullable Object[] values = plan.copy.values(struct);
        int index = plan.firstNewIndex;
        for (Insertion insertion : insertions) {
            values[index++] = insertion.fieldValue(record, requirements);
        }
        return SchemaAndValue.of(plan.schema, Struct.ofFitting(plan.schema, values));
    }

    private Plan plan(StructSchema schema) {
        StructSchema.Builder fields = Schemas.fields(schema.fields());
        for (Insertion insertion : insertions) {
            if (schema.field(insertion.name()).isPresent()) {
                throw requirements.field(
                        insertion.name(),
                        "is there already",
                        "Insert under another name, or drop it by ReplaceField first.");
            }
            fields = fields.field(insertion.name(), insertion.schema());
        }
        int count = schema.fields().size();
        FieldCopy copy = FieldCopy.all(schema, count + insertions.size(), replacesNull);
        return new Plan(Schemas.like(schema, fields), copy, count);
    }
}
