package dev.sluice.api.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The schema of a struct: named fields in order.
 *
 * <p>Looking a field up by name costs one hash look-up; the hash code is computed once, so schemas are cheap cache keys.
 */
public final class StructSchema implements Schema {
    private final List<Field> fields;
    private final SchemaTraits traits;
    private final Map<String, Field> byName;
    private final int hash;

    private StructSchema(List<Field> fields, SchemaTraits traits) {
        this.fields = List.copyOf(fields);
        this.traits = traits;
        this.byName = new HashMap<>();
        this.fields.forEach(field -> byName.put(field.name(), field));
        this.hash = 31 * this.fields.hashCode() + traits.hashCode();
    }

    /** Returns the fields in order. */
    public List<Field> fields() {
        return fields;
    }

    /** Returns the field of that name, or empty. */
    public Optional<Field> field(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Returns the field of that name, or null; the look-up for hot paths. */
    @Nullable
    Field fieldOrNull(String name) {
        return byName.get(name);
    }

    @Override
    public SchemaType type() {
        return SchemaType.STRUCT;
    }

    @Override
    public SchemaTraits traits() {
        return traits;
    }

    @Override
    public StructSchema with(SchemaTraits newTraits) {
        return new StructSchema(fields, newTraits);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof StructSchema that
                        && hash == that.hash
                        && fields.equals(that.fields)
                        && traits.equals(that.traits));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return "StructSchema[" + (traits.name() == null ? "" : traits.name() + " ") + fields + "]";
    }

    /** Collects the fields of a struct schema; used by one thread. */
    public static final class Builder {
        private final @Nullable String name;
        private final List<Field> fields = new ArrayList<>();
        private final Map<String, Field> byName = new HashMap<>();

        Builder(@Nullable String name) {
            this.name = name;
        }

        /**
         * Adds a field after those added so far.
         *
         * @throws IllegalArgumentException if there is a field of that name already
         */
        public Builder field(String fieldName, Schema schema) {
            Field field = new Field(fieldName, fields.size(), schema);
            if (byName.putIfAbsent(fieldName, field) != null) {
                throw new IllegalArgumentException("Cannot add field '" + fieldName + "' to struct schema "
                        + (name == null ? "without name" : name) + ": it has a field of that name already.");
            }
            fields.add(field);
            return this;
        }

        /** Returns the schema; further traits are set with the copies of {@link Schema}. */
        public StructSchema build() {
            return new StructSchema(fields, new SchemaTraits(false, name, null, null, Map.of(), null));
        }
    }
}
