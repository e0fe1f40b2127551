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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts one of its fields in the place of the whole key or value. Null stays null. */
public abstract sealed class ExtractField extends PartTransformation {
    private static final ConfigKey<String> FIELD =
            ConfigKey.string("field").doc("Name of the field, or the way to it where field.syntax.version is V2.");
    private static final ConfigKey<String> SYNTAX = ConfigKey.string("field.syntax.version")
            .defaultsTo("V1")
            .check(Check.oneOfIgnoringCase("V1", "V2"))
            .doc("V1: field is the name of a field at the root. V2: names separated by dots lead to a field inside of"
                    + " others; a name that holds dots stands in backticks.")
            .importance(Importance.HIGH);

    /** The settings. */
    static final ConfigSpec SPEC =
            ConfigSpec.of(FIELD, NullReplacement.KEY, SYNTAX).rule(ExtractField::checkPath);

    private final Requirements requirements = requirements("extract a field");
    private final SchemaCache<StructSchema, Plan> plans = new SchemaCache<>(this::plan);
    private FieldPath path = FieldPath.root("");
    private boolean replacesNull;

    private ExtractField(Part part) {
        super(part);
    }

    /** Extracts from the key. */
    public static final class Key extends ExtractField {
        /** Called by the runtime. */
        public Key() {
            super(Part.KEY);
        }
    }

    /** Extracts from the value. */
    public static final class Value extends ExtractField {
        /** Called by the runtime. */
        public Value() {
            super(Part.VALUE);
        }
    }

    /** The fields on the way, the wanted one last. */
    private record Plan(List<Field> way, Schema schema) {}

    private static boolean seesInside(Config config) {
        return config.get(SYNTAX).equalsIgnoreCase("V2");
    }

    private static void checkPath(Config config, ConfigProblems problems) {
        String problem = seesInside(config) ? FieldPath.problem(config.get(FIELD)) : null;
        if (problem != null) {
            problems.error(FIELD, "Cannot use field=" + config.get(FIELD) + ": " + problem + ".");
        }
    }

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void configure(Config config) {
        String field = config.get(FIELD);
        path = seesInside(config) ? FieldPath.parse(field) : FieldPath.root(field);
        replacesNull = config.get(NullReplacement.KEY);
    }

    @Override
    SchemaAndValue change(SchemaAndValue data, ConnectRecord<?> record) {
        Object value = data.value();
        Schema schema = data.schema();
        if (schema == null) {
            return value == null ? data : SchemaAndValue.schemaless(extracted(requirements.map(value)));
        }
        Plan plan = plans.get(requirements.structSchema(schema));
        return SchemaAndValue.of(plan.schema, value == null ? null : extracted(plan, requirements.struct(value)));
    }

    private @Nullable Object extracted(Map<String, @Nullable Object> map) {
        Map<String, @Nullable Object> current = map;
        for (int i = 0; i < path.names().size() - 1; i++) {
            Object next = current.get(path.names().get(i));
            if (next == null) {
                return null;
            }
            current = requirements.map(next);
        }
        return current.get(path.last());
    }

    private @Nullable Object extracted(Plan plan, Struct struct) {
        Object current = struct;
        for (Field field : plan.way) {
            if (!(current instanceof Struct parent)) {
                return null;
            }
            Object value = parent.get(field.index());
            current = value == null ? NullReplacement.of(field, replacesNull) : value;
        }
        return current;
    }

    private Plan plan(StructSchema schema) {
        List<Field> way = new ArrayList<>();
        Schema current = schema;
        for (String name : path.names()) {
            Field field = requirements.structSchema(current).field(name).orElse(null);
            if (field == null) {
                throw requirements.field(
                        name,
                        "is not there",
                        "Correct the setting field, or put a predicate before the transformation.");
            }
            way.add(field);
            current = field.schema();
        }
        return new Plan(List.copyOf(way), current);
    }
}
