package dev.sluice.connector.jdbc.type;

import dev.sluice.api.data.Struct;
import dev.sluice.api.error.DataException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The Java classes that carry values, and small changes between them. */
final class Plain {
    private Plain() {}

    /** Returns the kind of a value by its class. */
    static ValueKind kindOf(Object value) {
        if (value instanceof Number number) {
            return kindOf(number);
        }
        if (value instanceof Map || value instanceof Struct) {
            return ValueKind.NESTED;
        }
        if (value instanceof byte[] || value instanceof ByteBuffer) {
            return ValueKind.BYTES;
        }
        return kindOf(value.getClass(), value);
    }

    private static ValueKind kindOf(Class<?> type, Object value) {
        if (type == String.class) {
            return ValueKind.TEXT;
        }
        if (type == Boolean.class) {
            return ValueKind.BOOLEAN;
        }
        if (type == Instant.class) {
            return ValueKind.INSTANT;
        }
        if (type == LocalDate.class) {
            return ValueKind.DATE;
        }
        if (type == LocalTime.class) {
            return ValueKind.TIME;
        }
        if (type == UUID.class) {
            return ValueKind.UUID;
        }
        if (value instanceof List) {
            return ValueKind.ARRAY;
        }
        throw new DataException("a " + type.getName() + " has no form in a database");
    }

    private static ValueKind kindOf(Number number) {
        if (number instanceof BigDecimal || number instanceof BigInteger) {
            return ValueKind.DECIMAL;
        }
        return number instanceof Double || number instanceof Float ? ValueKind.FRACTION : ValueKind.WHOLE;
    }

    /** Returns bytes of their own. */
    static byte[] bytes(Object value) {
        if (value instanceof byte[] array) {
            return array;
        }
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(copy);
        return copy;
    }

    /** Returns a value that equals another one where a database would say so, for keys. */
    static Object comparable(Object value) {
        if (value instanceof byte[] array) {
            return ByteBuffer.wrap(array);
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.stripTrailingZeros();
        }
        boolean isShort = value instanceof Integer || value instanceof Short || value instanceof Byte;
        return isShort ? ((Number) value).longValue() : value;
    }
}
