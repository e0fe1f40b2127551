package dev.sluice.api.data;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The kinds of value a schema can describe, each with the Java type that carries it. */
public enum SchemaType {
    /** 8-bit signed integer, carried as {@link Byte}. */
    INT8(Byte.class),
    /** 16-bit signed integer, carried as {@link Short}. */
    INT16(Short.class),
    /** 32-bit signed integer, carried as {@link Integer}. */
    INT32(Integer.class),
    /** 64-bit signed integer, carried as {@link Long}. */
    INT64(Long.class),
    /** IEEE 754 single precision, carried as {@link Float}. */
    FLOAT32(Float.class),
    /** IEEE 754 double precision, carried as {@link Double}. */
    FLOAT64(Double.class),
    /** Truth value, carried as {@link Boolean}. */
    BOOLEAN(Boolean.class),
    /** Unicode text, carried as {@link String}. */
    STRING(String.class),
    /** Bytes, carried as {@code byte[]} or {@link ByteBuffer}. */
    BYTES(byte[].class),
    /** Ordered values of one schema, carried as {@link List}. */
    ARRAY(List.class),
    /** Values by key, each with its own schema, carried as {@link Map}. */
    MAP(Map.class),
    /** Named fields, carried as {@link Struct}. */
    STRUCT(Struct.class);

    private final Class<?> javaType;
    private final String wireName = name().toLowerCase(Locale.ROOT);

    SchemaType(Class<?> javaType) {
        this.javaType = javaType;
    }

    /** Returns the Java type that carries values of this type; {@code BYTES} also accepts {@link ByteBuffer}. */
    public Class<?> javaType() {
        return javaType;
    }

    /** Returns the type's name in lower case, as Kafka Connect prints it: {@code int8} to {@code struct}. */
    public String wireName() {
        return wireName;
    }

    /** Returns whether values are built of other values: arrays, maps and structs. */
    public boolean isComposite() {
        return this == ARRAY || this == MAP || this == STRUCT;
    }

    /** Returns whether the Java object can carry a value of this type; null never can. */
    public boolean carries(Object value) {
        return javaType.isInstance(value) || (this == BYTES && value instanceof ByteBuffer);
    }
}
