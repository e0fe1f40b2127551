package dev.sluice.plugin.standard.transform;

import dev.sluice.api.data.Field;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaType;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How structs of one schema become flat.
 *
 * @param schema the flat schema
 * @param root what to do with the fields at the root
 */
record FlattenPlan(StructSchema schema, Node root) {

    /** The fields of one struct on the way, and how many fields at the root they become. */
    private record Node(List<Step> steps, int leafCount) {}

    /** One field: what stands for null in it, and the fields inside of it unless it stays as it is. */
    private record Step(
            int index,
            @Nullable Object replacement,
            @Nullable Node inner) {}

    static FlattenPlan of(StructSchema schema, String delimiter, Requirements requirements) {
        Builder builder = new Builder(delimiter, requirements);
        Struct defaultValue = schema.defaultValue() instanceof Struct struct ? struct : null;
        Node root = builder.node(schema, "", schema.isOptional(), defaultValue);
        return new FlattenPlan(Schemas.like(schema, builder.fields), root);
    }

    Struct apply(Struct struct) {
        @Nullable Object[] values = new @Nullable Object[root.leafCount];
        fill(root, struct, values, 0);
        return Struct.ofFitting(schema, values);
    }

    /** Fields of a struct that is null stay null. */
    private static void fill(Node node, @Nullable Struct struct, @Nullable Object[] values, int first) {
        if (struct == null) {
            return;
        }
        int next = first;
        for (int i = 0; i < node.steps.size(); i++) {
            Step step = node.steps.get(i);
            Object given = struct.get(step.index);
            Object value = given == null ? step.replacement : given;
            if (step.inner == null) {
                values[next++] = value;
            } else {
                fill(step.inner, (Struct) value, values, next);
                next += step.inner.leafCount;
            }
        }
    }

    /** Collects the flat fields on the way through the structs. */
    private static final class Builder {
        private final String delimiter;
        private final Requirements requirements;
        private final Set<String> names = new HashSet<>();
        private StructSchema.Builder fields = Schema.struct();

        Builder(String delimiter, Requirements requirements) {
            this.delimiter = delimiter;
            this.requirements = requirements;
        }

        /** A field is optional, or gets its default, by its parents too. */
        Node node(StructSchema schema, String prefix, boolean isOptional, @Nullable Struct parentDefault) {
            List<Step> steps = new ArrayList<>();
            int leafCount = 0;
            for (Field field : schema.fields()) {
                Schema of = field.schema();
                boolean acceptsNull = isOptional || of.isOptional();
                Object defaultValue = of.defaultValue() == null && parentDefault != null
                        ? parentDefault.get(field.index())
                        : of.defaultValue();
                String name = prefix.isEmpty() ? field.name() : prefix + delimiter + field.name();
                if (of instanceof StructSchema struct) {
                    Node node = node(struct, name, acceptsNull, (Struct) defaultValue);
                    steps.add(new Step(field.index(), of.defaultValue(), node));
                    leafCount += node.leafCount;
                } else {
                    add(name, of.with(Schemas.traits(of, acceptsNull, defaultValue)));
                    steps.add(new Step(field.index(), of.defaultValue(), null));
                    leafCount++;
                }
            }
            return new Node(List.copyOf(steps), leafCount);
        }

        private void add(String name, Schema schema) {
            if (schema.type() == SchemaType.MAP) {
                throw requirements.field(
                        name,
                        "is a map with a schema, whose keys cannot be fields of a schema",
                        "Drop it by ReplaceField, or use a converter without schemas.");
            }
            if (!names.add(name)) {
                throw requirements.field(
                        name,
                        "would be there twice",
                        "Set another delimiter, or rename a field by ReplaceField first.");
            }
            fields = fields.field(name, schema);
        }
    }
}
