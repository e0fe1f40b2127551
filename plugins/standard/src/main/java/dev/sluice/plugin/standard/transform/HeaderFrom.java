package dev.sluice.plugin.standard.transform;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblems;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.data.Field;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.ConnectRecord;
import dev.sluice.api.record.Header;
import dev.sluice.api.record.Headers;
import dev.sluice.api.transform.Transformation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Moves or copies fields at the root of the key or value into headers. */
public abstract sealed class HeaderFrom implements Transformation {
    private static final ConfigKey<List<String>> FIELDS = ConfigKey.list("fields")
            .check(Check.nonEmptyList())
            .doc("Names of the fields.")
            .importance(Importance.HIGH);
    private static final ConfigKey<List<String>> HEADERS = ConfigKey.list("headers")
            .check(Check.nonEmptyList())
            .doc("Names of the headers, in the order of the fields.")
            .importance(Importance.HIGH);
    private static final ConfigKey<Operation> OPERATION = ConfigKey.enumeration("operation", Operation.class)
            .doc("Whether the fields go (move) or stay (copy).")
            .importance(Importance.HIGH);

    /** The settings. */
    static final ConfigSpec SPEC =
            ConfigSpec.of(FIELDS, HEADERS, OPERATION, NullReplacement.KEY).rule(HeaderFrom::checkCounts);

    private final Part part;
    private final Requirements requirements;
    private final SchemaCache<StructSchema, Plan> plans = new SchemaCache<>(this::plan);
    private List<String> fields = List.of();
    private List<String> headers = List.of();
    private boolean moves;
    private boolean replacesNull;

    private HeaderFrom(Part part) {
        this.part = part;
        this.requirements = new Requirements("make headers of fields", part);
    }

    /** Makes headers of fields of the key. */
    public static final class Key extends HeaderFrom {
        /** Called by the runtime. */
        public Key() {
            super(Part.KEY);
        }
    }

    /** Makes headers of fields of the value. */
    public static final class Value extends HeaderFrom {
        /** Called by the runtime. */
        public Value() {
            super(Part.VALUE);
        }
    }

    /** What becomes of the fields. */
    enum Operation {
        MOVE,
        COPY
    }

    /** The fields that become headers, and what stays: nothing changes if the schema is null. */
    private record Plan(List<Field> taken, @Nullable StructSchema rest, FieldCopy copy) {}

    private static void checkCounts(Config config, ConfigProblems problems) {
        int fieldCount = config.get(FIELDS).size();
        int headerCount = config.get(HEADERS).size();
        if (fieldCount != headerCount) {
            problems.error(
                    HEADERS,
                    "Cannot make " + headerCount + " headers of " + fieldCount + " fields.",
                    "Name as many headers as fields.");
        }
    }

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void configure(Config config) {
        fields = config.get(FIELDS);
        headers = config.get(HEADERS);
        moves = config.get(OPERATION) == Operation.MOVE;
        replacesNull = config.get(NullReplacement.KEY);
    }

    @Override
    public <R extends ConnectRecord<R>> R apply(R record) {
        SchemaAndValue data = part.of(record);
        return data.schema() == null
                ? applySchemaless(record, requirements.map(data.value()))
                : applyWithSchema(record, requirements.struct(data.value()));
    }

    private <R extends ConnectRecord<R>> R applySchemaless(R record, Map<String, @Nullable Object> map) {
        List<Header> more = new ArrayList<>(record.headers().toList());
        for (int i = 0; i < fields.size(); i++) {
            more.add(new Header(headers.get(i), SchemaAndValue.schemaless(map.get(fields.get(i)))));
        }
        R changed = record.withHeaders(Headers.of(more));
        if (!moves) {
            return changed;
        }
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(map);
        fields.forEach(rest::remove);
        return part.replace(changed, SchemaAndValue.schemaless(rest));
    }

    private <R extends ConnectRecord<R>> R applyWithSchema(R record, Struct struct) {
        Plan plan = plans.get(struct.schema());
        List<Header> more = new ArrayList<>(record.headers().toList());
        for (int i = 0; i < headers.size(); i++) {
            more.add(new Header(headers.get(i), value(plan.taken.get(i), struct)));
        }
        R changed = record.withHeaders(Headers.of(more));
        return plan.rest == null
                ? changed
                : part.replace(
                        changed, SchemaAndValue.of(plan.rest, Struct.ofFitting(plan.rest, plan.copy.values(struct))));
    }

    private SchemaAndValue value(Field field, Struct struct) {
        Object value = struct.get(field.index());
        return SchemaAndValue.of(field.schema(), value == null ? NullReplacement.of(field, replacesNull) : value);
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
        List<Field> rest = schema.fields().stream()
                .filter(field -> !fields.contains(field.name()))
                .toList();
        StructSchema restSchema = moves ? Schemas.like(schema, Schemas.fields(rest)) : null;
        return new Plan(taken, restSchema, FieldCopy.of(rest, replacesNull));
    }
}
