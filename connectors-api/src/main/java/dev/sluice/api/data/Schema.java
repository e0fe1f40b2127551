package dev.sluice.api.data;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describes the type of a value.
 *
 * <p>A schema is an immutable value: the {@code with…} methods and {@link #optional()} return copies. Two schemas are
 * equal when type, parts and {@link SchemaTraits} are equal.
 *
 * <pre>{@code
 * StructSchema order = Schema.struct("Order")
 *         .field("id", Schema.INT64)
 *         .field("note", Schema.STRING.optional())
 *         .field("total", LogicalType.decimal(2))
 *         .build();
 * }</pre>
 */
// Only this interface makes primitive schemas, so no thread can initialise that class first and wait for this one.
@SuppressWarnings("ClassInitializationDeadlock")
public sealed interface Schema permits PrimitiveSchema, ArraySchema, MapSchema, StructSchema {
    /** A required 8-bit integer. */
    Schema INT8 = new PrimitiveSchema(SchemaType.INT8, SchemaTraits.PLAIN);
    /** A required 16-bit integer. */
    Schema INT16 = new PrimitiveSchema(SchemaType.INT16, SchemaTraits.PLAIN);
    /** A required 32-bit integer. */
    Schema INT32 = new PrimitiveSchema(SchemaType.INT32, SchemaTraits.PLAIN);
    /** A required 64-bit integer. */
    Schema INT64 = new PrimitiveSchema(SchemaType.INT64, SchemaTraits.PLAIN);
    /** A required single-precision number. */
    Schema FLOAT32 = new PrimitiveSchema(SchemaType.FLOAT32, SchemaTraits.PLAIN);
    /** A required double-precision number. */
    Schema FLOAT64 = new PrimitiveSchema(SchemaType.FLOAT64, SchemaTraits.PLAIN);
    /** A required truth value. */
    Schema BOOLEAN = new PrimitiveSchema(SchemaType.BOOLEAN, SchemaTraits.PLAIN);
    /** A required text. */
    Schema STRING = new PrimitiveSchema(SchemaType.STRING, SchemaTraits.PLAIN);
    /** Required bytes. */
    Schema BYTES = new PrimitiveSchema(SchemaType.BYTES, SchemaTraits.PLAIN);

    /** Returns the required schema without name of a primitive type; composite types are refused. */
    static Schema of(SchemaType type) {
        return new PrimitiveSchema(type, SchemaTraits.PLAIN);
    }

    /** Returns the schema of a list whose elements all have the given schema. */
    static ArraySchema array(Schema items) {
        return new ArraySchema(items, SchemaTraits.PLAIN);
    }

    /** Returns the schema of a map with the given key and value schemas. */
    static MapSchema map(Schema keys, Schema values) {
        return new MapSchema(keys, values, SchemaTraits.PLAIN);
    }

    /** Starts a struct schema without a name. */
    static StructSchema.Builder struct() {
        return new StructSchema.Builder(null);
    }

    /** Starts a struct schema with a name. */
    static StructSchema.Builder struct(String name) {
        return new StructSchema.Builder(name);
    }

    /** Returns the type of the values. */
    SchemaType type();

    /** Returns what the schema says beside its type. */
    SchemaTraits traits();

    /** Returns this schema with other traits. */
    Schema with(SchemaTraits traits);

    /** Returns whether null is a value. */
    default boolean isOptional() {
        return traits().isOptional();
    }

    /** Returns the schema's name, or null. */
    default @Nullable String name() {
        return traits().name();
    }

    /** Returns the schema's version, or null. */
    default @Nullable Integer version() {
        return traits().version();
    }

    /** Returns the description for people, or null. */
    default @Nullable String doc() {
        return traits().doc();
    }

    /** Returns further facts by name; empty if there are none. */
    default Map<String, String> parameters() {
        return traits().parameters();
    }

    /** Returns the value of a field that was left out, or null for none. */
    default @Nullable Object defaultValue() {
        return traits().defaultValue();
    }

    /** Returns the logical type that gives the value another Java type, or empty for a plain value. */
    default Optional<LogicalType> logicalType() {
        return LogicalType.of(this);
    }

    /** Returns a copy that accepts null. */
    default Schema optional() {
        SchemaTraits t = traits();
        return with(new SchemaTraits(true, t.name(), t.version(), t.doc(), t.parameters(), t.defaultValue()));
    }

    /** Returns a copy that refuses null. */
    default Schema required() {
        SchemaTraits t = traits();
        return with(new SchemaTraits(false, t.name(), t.version(), t.doc(), t.parameters(), t.defaultValue()));
    }

    /** Returns a copy with a name, or without one for null. */
    default Schema withName(@Nullable String name) {
        SchemaTraits t = traits();
        return with(new SchemaTraits(t.isOptional(), name, t.version(), t.doc(), t.parameters(), t.defaultValue()));
    }

    /** Returns a copy with a version, or without one for null. */
    default Schema withVersion(@Nullable Integer version) {
        SchemaTraits t = traits();
        return with(new SchemaTraits(t.isOptional(), t.name(), version, t.doc(), t.parameters(), t.defaultValue()));
    }

    /** Returns a copy with a description, or without one for null. */
    default Schema withDoc(@Nullable String doc) {
        SchemaTraits t = traits();
        return with(new SchemaTraits(t.isOptional(), t.name(), t.version(), doc, t.parameters(), t.defaultValue()));
    }

    /** Returns a copy with one more parameter; an old value of that name is replaced. */
    default Schema withParameter(String name, String value) {
        SchemaTraits t = traits();
        Map<String, String> all = new LinkedHashMap<>(t.parameters());
        all.put(name, value);
        return with(new SchemaTraits(t.isOptional(), t.name(), t.version(), t.doc(), all, t.defaultValue()));
    }

    /** Returns a copy with a default value, which must fit the schema, or without one for null. */
    default Schema withDefault(@Nullable Object value) {
        SchemaTraits t = traits();
        if (value != null) {
            SchemaCheck.require(this, value, "default value");
        }
        return with(new SchemaTraits(t.isOptional(), t.name(), t.version(), t.doc(), t.parameters(), value));
    }

    /**
     * Checks that a value fits this schema, deeply.
     *
     * @param value the value; null fits an optional schema only
     * @throws dev.sluice.api.error.DataException naming the place, the schema's type and the value's class
     */
    default void check(@Nullable Object value) {
        SchemaCheck.require(this, value, "value");
    }
}
