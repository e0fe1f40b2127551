package dev.sluice.plugin.standard.transform;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.data.Field;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.ConnectRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Drops, keeps and renames fields at the root. Null, a tombstone above all, stays as it is. */
public abstract sealed class ReplaceField extends PartTransformation {
    private static final ConfigKey<List<String>> EXCLUDE = ConfigKey.list("exclude")
            .defaultsTo(List.of())
            .alias("blacklist")
            .doc("Fields to drop. It goes before include.");
    private static final ConfigKey<List<String>> INCLUDE = ConfigKey.list("include")
            .defaultsTo(List.of())
            .alias("whitelist")
            .doc("Fields to keep, under the names that they come with; all if the list is empty.");
    private static final ConfigKey<List<String>> RENAMES = ConfigKey.list("renames")
            .defaultsTo(List.of())
            .check(NamePairs.CHECK)
            .doc("New names of fields, as old:new.");

    /** The settings. */
    static final ConfigSpec SPEC = ConfigSpec.of(EXCLUDE, INCLUDE, RENAMES, NullReplacement.KEY);

    private final Requirements requirements = requirements("replace fields");
    private final SchemaCache<StructSchema, Plan> plans = new SchemaCache<>(this::plan);
    private Set<String> excluded = Set.of();
    private Set<String> included = Set.of();
    private Map<String, String> renames = Map.of();
    private boolean replacesNull;

    private ReplaceField(Part part) {
        super(part);
    }

    /** Replaces fields of the key. */
    public static final class Key extends ReplaceField {
        /** Called by the runtime. */
        public Key() {
            super(Part.KEY);
        }
    }

    /** Replaces fields of the value. */
    public static final class Value extends ReplaceField {
        /** Called by the runtime. */
        public Value() {
            super(Part.VALUE);
        }
    }

    private record Plan(StructSchema schema, FieldCopy copy) {}

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void configure(Config config) {
        excluded = Set.copyOf(config.get(EXCLUDE));
        included = Set.copyOf(config.get(INCLUDE));
        renames = NamePairs.of(config.get(RENAMES));
        replacesNull = config.get(NullReplacement.KEY);
    }

    @Override
    SchemaAndValue change(SchemaAndValue data, ConnectRecord<?> record) {
        Object value = data.value();
        if (value == null) {
            return data;
        }
        if (data.schema() == null) {
            return SchemaAndValue.schemaless(replaced(requirements.map(value)));
        }
        Struct struct = requirements.struct(value);
        Plan plan = plans.get(struct.schema());
        return SchemaAndValue.of(plan.schema, Struct.ofFitting(plan.schema, plan.copy.values(struct)));
    }

    private Map<String, @Nullable Object> replaced(Map<?, @Nullable Object> map) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            String name = requirements.name(key);
            if (isKept(name)) {
                changed.put(newName(name), value);
            }
        });
        return changed;
    }

    private Plan plan(StructSchema schema) {
        List<Field> kept =
                schema.fields().stream().filter(field -> isKept(field.name())).toList();
        StructSchema.Builder fields = Schema.struct();
        for (Field field : kept) {
            fields = renamed(fields, field, kept);
        }
        return new Plan(Schemas.like(schema, fields), FieldCopy.of(kept, replacesNull));
    }

    private StructSchema.Builder renamed(StructSchema.Builder fields, Field field, List<Field> kept) {
        String name = newName(field.name());
        long sameName = kept.stream()
                .filter(other -> newName(other.name()).equals(name))
                .count();
        if (sameName > 1) {
            throw requirements.field(
                    field.name(),
                    "would become '" + name + "', and so would another field",
                    "Correct renames, or exclude one of them.");
        }
        return fields.field(name, field.schema());
    }

    private boolean isKept(String name) {
        return !excluded.contains(name) && (included.isEmpty() || included.contains(name));
    }

    private String newName(String name) {
        return renames.getOrDefault(name, name);
    }
}
