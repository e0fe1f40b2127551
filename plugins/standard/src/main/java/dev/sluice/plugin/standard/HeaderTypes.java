package dev.sluice.plugin.standard;

import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.SchemaType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the schemas of numbers, lists and maps that a header's text holds. */
final class HeaderTypes {
    private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private HeaderTypes() {}

    /** Whole numbers get the narrowest integer, others float32 where it is finite, then float64, then decimal. */
    static SchemaAndValue number(BigDecimal number) {
        if (isInt64(number)) {
            return whole(number.longValueExact());
        }
        boolean hasPointOrExponent = number.scale() != 0;
        if (hasPointOrExponent && Float.isFinite(number.floatValue())) {
            return SchemaAndValue.of(Schema.FLOAT32, number.floatValue());
        }
        if (hasPointOrExponent && Double.isFinite(number.doubleValue())) {
            return SchemaAndValue.of(Schema.FLOAT64, number.doubleValue());
        }
        return SchemaAndValue.of(LogicalType.decimal(number.scale()), number);
    }

    private static boolean isInt64(BigDecimal number) {
        if (number.signum() == 0) {
            return true;
        }
        return number.compareTo(LONG_MIN) >= 0
                && number.compareTo(LONG_MAX) <= 0
                && number.abs().compareTo(BigDecimal.ONE) >= 0
                && number.stripTrailingZeros().scale() <= 0;
    }

    private static SchemaAndValue whole(long number) {
        if ((byte) number == number) {
            return SchemaAndValue.of(Schema.INT8, (byte) number);
        }
        if ((short) number == number) {
            return SchemaAndValue.of(Schema.INT16, (short) number);
        }
        return (int) number == number
                ? SchemaAndValue.of(Schema.INT32, (int) number)
                : SchemaAndValue.of(Schema.INT64, number);
    }

    static SchemaAndValue list(List<SchemaAndValue> items) {
        Schema common = common(items);
        List<@Nullable Object> values = new ArrayList<>();
        items.forEach(item -> values.add(as(common, item.value())));
        return SchemaAndValue.of(common == null ? null : Schema.array(common), values);
    }

    static SchemaAndValue map(Map<SchemaAndValue, SchemaAndValue> entries) {
        Schema keys = common(entries.keySet());
        Schema values = common(entries.values());
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        if (keys == null || values == null) {
            entries.forEach((key, value) -> map.put(key.value(), value.value()));
            return SchemaAndValue.schemaless(map);
        }
        entries.forEach((key, value) -> map.put(as(keys, key.value()), as(values, value.value())));
        return SchemaAndValue.of(Schema.map(keys, values), map);
    }

    /** Returns the schema that all parts have or, among numbers, the widest of them; null if there is none. */
    private static @Nullable Schema common(Collection<SchemaAndValue> parts) {
        Schema common = null;
        for (SchemaAndValue part : parts) {
            Schema schema = part.schema();
            common = common == null && schema != null ? schema : wider(common, schema);
            if (common == null) {
                return null;
            }
        }
        return common;
    }

    private static @Nullable Schema wider(@Nullable Schema one, @Nullable Schema other) {
        if (one == null || other == null || one.equals(other)) {
            return one == null || other == null ? null : one;
        }
        if (!isNumber(one) || !isNumber(other)) {
            return null;
        }
        return one.type().compareTo(other.type()) >= 0 ? one : other;
    }

    /** The numeric types stand from the narrowest to the widest in their enum. */
    private static boolean isNumber(Schema schema) {
        return schema.name() == null && schema.type().compareTo(SchemaType.FLOAT64) <= 0;
    }

    private static @Nullable Object as(@Nullable Schema schema, @Nullable Object value) {
        if (schema == null || !isNumber(schema) || !(value instanceof Number number)) {
            return value;
        }
        return switch (schema.type()) {
            case INT8 -> number.byteValue();
            case INT16 -> number.shortValue();
            case INT32 -> number.intValue();
            case INT64 -> number.longValue();
            case FLOAT32 -> number.floatValue();
            case FLOAT64 -> number.doubleValue();
            case BOOLEAN, STRING, BYTES, ARRAY, MAP, STRUCT -> value;
        };
    }
}
