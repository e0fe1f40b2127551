package dev.sluice.api.data;

import dev.sluice.api.error.DataException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A named schema whose values have a richer Java type than their {@link SchemaType}.
 *
 * <p>In a {@link Struct} and in a record, the Java value is the rich one ({@link BigDecimal}, {@link Instant} …); the
 * plain value ({@code byte[]}, {@code Long} …) is what converters put on the wire. Names are those of Kafka Connect and,
 * for microseconds, of Debezium, so that data keeps its meaning in both worlds.
 */
public enum LogicalType {
    /** Exact decimal: unscaled two's-complement bytes, scale in the parameter {@value #SCALE}. */
    DECIMAL("org.apache.kafka.connect.data.Decimal", SchemaType.BYTES, BigDecimal.class),
    /** Day without time zone: days since 1970-01-01. */
    DATE("org.apache.kafka.connect.data.Date", SchemaType.INT32, LocalDate.class),
    /** Time of day without time zone: milliseconds since midnight. */
    TIME("org.apache.kafka.connect.data.Time", SchemaType.INT32, LocalTime.class),
    /** Instant: milliseconds since 1970-01-01T00:00Z. Finer digits are cut when it is written. */
    TIMESTAMP("org.apache.kafka.connect.data.Timestamp", SchemaType.INT64, Instant.class),
    /** Time of day: microseconds since midnight. */
    MICRO_TIME("io.debezium.time.MicroTime", SchemaType.INT64, LocalTime.class),
    /** Instant: microseconds since 1970-01-01T00:00Z. Finer digits are cut when it is written. */
    MICRO_TIMESTAMP("io.debezium.time.MicroTimestamp", SchemaType.INT64, Instant.class);

    /** The schema parameter that holds the scale of a {@link #DECIMAL}. */
    public static final String SCALE = "scale";

    private static final Map<String, LogicalType> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(LogicalType::schemaName, Function.identity()));

    private final String schemaName;
    private final SchemaType baseType;
    private final Class<?> javaType;

    LogicalType(String schemaName, SchemaType baseType, Class<?> javaType) {
        this.schemaName = schemaName;
        this.baseType = baseType;
        this.javaType = javaType;
    }

    /** Returns the required schema of a decimal with a fixed number of digits after the point. */
    public static Schema decimal(int scale) {
        return DECIMAL.schema().withParameter(SCALE, Integer.toString(scale));
    }

    /** Returns the logical type of a schema by its name and base type, or empty for a plain schema. */
    public static Optional<LogicalType> of(Schema schema) {
        String name = schema.name();
        LogicalType type = name == null ? null : BY_NAME.get(name);
        return type != null && type.baseType == schema.type() ? Optional.of(type) : Optional.empty();
    }

    /** Returns the required schema of this type; a decimal also needs a scale, see {@link #decimal}. */
    public Schema schema() {
        return Schema.of(baseType).withName(schemaName).withVersion(1);
    }

    /** Returns the name by which schemas carry this type. */
    public String schemaName() {
        return schemaName;
    }

    /** Returns the type on the wire. */
    public SchemaType baseType() {
        return baseType;
    }

    /** Returns the Java type of the rich value. */
    public Class<?> javaType() {
        return javaType;
    }

    /**
     * Returns the plain value of a rich one.
     *
     * @throws DataException if the value has another Java type or does not fit, such as a decimal of another scale
     */
    public Object toBase(Schema schema, Object value) {
        if (!javaType.isInstance(value)) {
            throw new DataException("Cannot write a " + value.getClass().getName() + " as " + schemaName + ": expected "
                    + javaType.getSimpleName() + ".");
        }
        return switch (this) {
            case DECIMAL -> decimalBytes(schema, (BigDecimal) value);
            case DATE -> Math.toIntExact(((LocalDate) value).toEpochDay());
            case TIME -> (int) (((LocalTime) value).toNanoOfDay() / 1_000_000);
            case TIMESTAMP -> ((Instant) value).toEpochMilli();
            case MICRO_TIME -> ((LocalTime) value).toNanoOfDay() / 1_000;
            case MICRO_TIMESTAMP -> ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value);
        };
    }

    /**
     * Returns the rich value of a plain one.
     *
     * @throws DataException if the value does not have the base type, or lies outside the type's range
     */
    public Object fromBase(Schema schema, Object value) {
        if (!baseType.carries(value)) {
            throw new DataException("Cannot read a " + value.getClass().getName() + " as " + schemaName + ": expected "
                    + baseType.javaType().getSimpleName() + ".");
        }
        try {
            return switch (this) {
                case DECIMAL -> new BigDecimal(new BigInteger(bytes(value)), scale(schema));
                case DATE -> LocalDate.ofEpochDay((Integer) value);
                case TIME -> LocalTime.ofNanoOfDay((Integer) value * 1_000_000L);
                case TIMESTAMP -> Instant.ofEpochMilli((Long) value);
                case MICRO_TIME -> LocalTime.ofNanoOfDay(Math.multiplyExact((Long) value, 1_000L));
                case MICRO_TIMESTAMP -> Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS);
            };
        } catch (java.time.DateTimeException | ArithmeticException outOfRange) {
            throw new DataException(
                    "Cannot read a value as " + schemaName + ": it is outside the type's range.", outOfRange);
        }
    }

    /**
     * Returns the scale of a decimal schema.
     *
     * @throws DataException if the schema has no parameter {@value #SCALE} or it is not a whole number
     */
    public static int scale(Schema schema) {
        String scale = schema.parameters().get(SCALE);
        try {
            return Integer.parseInt(scale == null ? "" : scale);
        } catch (NumberFormatException notNumber) {
            throw new DataException(
                    "Cannot use a decimal schema: its parameter 'scale' is " + quoted(scale)
                            + ", expected a whole number.",
                    notNumber);
        }
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "missing" : "'" + text + "'";
    }

    private static byte[] decimalBytes(Schema schema, BigDecimal value) {
        if (value.scale() != scale(schema)) {
            throw new DataException("Cannot write a decimal with scale " + value.scale() + ": the schema's scale is "
                    + scale(schema) + ". Call setScale first.");
        }
        return value.unscaledValue().toByteArray();
    }

    private static byte[] bytes(Object value) {
        if (value instanceof byte[] array) {
            return array;
        }
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(copy);
        return copy;
    }
}
