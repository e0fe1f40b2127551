package dev.sluice.plugin.standard.transform;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblems;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.data.Field;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.ConnectRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Converts a timestamp, in a field at the root or as the whole key or value, between strings, unix times, days, times of
 * day and instants. Null stays null. Finer parts than milliseconds are lost, as in Kafka Connect.
 */
public abstract sealed class TimestampConverter extends PartTransformation {
    private static final ConfigKey<String> FIELD = ConfigKey.string("field")
            .defaultsTo("")
            .doc("Name of the field; empty if the whole key or value is a timestamp.")
            .importance(Importance.HIGH);
    private static final ConfigKey<String> TARGET = ConfigKey.string("target.type")
            .check(Check.oneOf(TimestampForm.words()))
            .doc("What the timestamp becomes: a string, a unix time, or a logical type.")
            .importance(Importance.HIGH);
    private static final ConfigKey<String> FORMAT = ConfigKey.string("format")
            .defaultsTo("")
            .check(Check.of(
                    "empty or " + TimestampText.CHECK.words(),
                    pattern -> pattern.isBlank() || TimestampText.CHECK.accepts(pattern)))
            .doc("Pattern of Java's SimpleDateFormat, in UTC, by which strings are read and written.");
    private static final ConfigKey<Precision> PRECISION = ConfigKey.enumeration("unix.precision", Precision.class)
            .defaultsTo(Precision.MILLISECONDS)
            .doc("The unit of unix times, read and written.")
            .importance(Importance.LOW);

    /** The settings. */
    static final ConfigSpec SPEC = ConfigSpec.of(FIELD, TARGET, FORMAT, PRECISION, NullReplacement.KEY)
            .rule(TimestampConverter::checkFormatIsThere);

    private final Requirements requirements = requirements("convert the timestamp");
    private final SchemaCache<StructSchema, Plan> plans = new SchemaCache<>(this::plan);
    private final SchemaCache<Schema, Schema> wholeSchemas = new SchemaCache<>(this::converted);
    private TimestampTranslation translation =
            new TimestampTranslation(TimestampForm.TIMESTAMP, null, TimeUnit.MILLISECONDS, "");
    private String fieldName = "";
    private boolean replacesNull;

    private TimestampConverter(Part part) {
        super(part);
    }

    /** Converts a timestamp of the key. */
    public static final class Key extends TimestampConverter {
        /** Called by the runtime. */
        public Key() {
            super(Part.KEY);
        }
    }

    /** Converts a timestamp of the value. */
    public static final class Value extends TimestampConverter {
        /** Called by the runtime. */
        public Value() {
            super(Part.VALUE);
        }
    }

    /** The units of unix times, by the names that settings give them. */
    enum Precision {
        NANOSECONDS,
        MICROSECONDS,
        MILLISECONDS,
        SECONDS
    }

    /** A struct schema with the new field, if the old one has it at all: it is null otherwise. */
    private record Plan(
            StructSchema schema, FieldCopy copy, @Nullable Field field) {}

    private static void checkFormatIsThere(Config config, ConfigProblems problems) {
        if (config.get(TARGET).equals("string") && config.get(FORMAT).isBlank()) {
            problems.error(FORMAT, "Cannot write strings without a pattern.", "Set format, such as yyyy-MM-dd.");
        }
    }

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void configure(Config config) {
        fieldName = config.get(FIELD);
        String format = config.get(FORMAT);
        String whole = "the " + part().word();
        translation = new TimestampTranslation(
                TimestampForm.named(config.get(TARGET)),
                format.isBlank() ? null : new TimestampText(format),
                TimeUnit.valueOf(config.get(PRECISION).name()),
                fieldName.isEmpty() ? whole : "field '" + fieldName + "' of " + whole);
        replacesNull = config.get(NullReplacement.KEY);
    }

    @Override
    SchemaAndValue change(SchemaAndValue data, ConnectRecord<?> record) {
        Object value = data.value();
        Schema schema = data.schema();
        if (schema == null) {
            return value == null ? data : SchemaAndValue.schemaless(schemaless(value));
        }
        if (fieldName.isEmpty()) {
            requireTimestamp(schema);
            return SchemaAndValue.of(wholeSchemas.get(schema), translation.translated(value));
        }
        Plan plan = plans.get(requirements.structSchema(schema));
        return SchemaAndValue.of(plan.schema, value == null ? null : applied(plan, requirements.struct(value)));
    }

    private @Nullable Object schemaless(Object value) {
        if (fieldName.isEmpty()) {
            return translation.translated(value);
        }
        Map<String, @Nullable Object> map = requirements.map(value);
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(map);
        changed.put(fieldName, translation.translated(map.get(fieldName)));
        return changed;
    }

    private Struct applied(Plan plan, Struct struct) {
        @Nullable Object[] values = plan.copy.values(struct);
        Field field = plan.field;
        if (field != null) {
            requireTimestamp(field.schema());
            values[field.index()] = translation.translated(values[field.index()]);
        }
        return Struct.ofFitting(plan.schema, values);
    }

    private void requireTimestamp(Schema schema) {
        if (!TimestampForm.isTimestamp(schema)) {
            throw translation.refused("its schema is " + schema.type().wireName()
                    + ", and not a string, an int64, a day or a time. Correct the setting field.");
        }
    }

    private Schema converted(Schema schema) {
        Schema target = translation.target().schema();
        return schema.isOptional() ? target.optional() : target;
    }

    private Plan plan(StructSchema from) {
        StructSchema.Builder builder = Schema.struct();
        for (Field field : from.fields()) {
            boolean isConverted = field.name().equals(fieldName);
            builder = builder.field(field.name(), isConverted ? converted(field.schema()) : field.schema());
        }
        Plan plan = new Plan(
                builder.build().with(Schemas.traits(from, from.isOptional(), null)),
                FieldCopy.all(from, from.fields().size(), replacesNull),
                from.field(fieldName).orElse(null));
        return from.defaultValue() instanceof Struct value
                ? new Plan(
                        plan.schema.with(Schemas.traits(from, from.isOptional(), applied(plan, value))),
                        plan.copy,
                        plan.field)
                : plan;
    }
}
