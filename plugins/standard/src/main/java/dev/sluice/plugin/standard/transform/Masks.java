package dev.sluice.plugin.standard.transform;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What stands in the place of masked values, by their Java types. */
final class Masks {
    private static final Map<Class<?>, Object> ZEROS = Map.ofEntries(
            Map.entry(Boolean.class, false),
            Map.entry(Byte.class, (byte) 0),
            Map.entry(Short.class, (short) 0),
            Map.entry(Integer.class, 0),
            Map.entry(Long.class, 0L),
            Map.entry(Float.class, 0f),
            Map.entry(Double.class, 0d),
            Map.entry(BigInteger.class, BigInteger.ZERO),
            Map.entry(BigDecimal.class, BigDecimal.ZERO),
            Map.entry(LocalDate.class, LocalDate.EPOCH),
            Map.entry(LocalTime.class, LocalTime.MIDNIGHT),
            Map.entry(Instant.class, Instant.EPOCH),
            Map.entry(String.class, ""));

    /** Numbers are cut to the type as Java casts them, as in Kafka Connect. */
    private static final Map<Class<?>, Function<String, Object>> READERS = Map.of(
            Byte.class, text -> new BigDecimal(text).byteValue(),
            Short.class, text -> new BigDecimal(text).shortValue(),
            Integer.class, text -> new BigDecimal(text).intValue(),
            Long.class, text -> new BigDecimal(text).longValue(),
            Float.class, text -> (float) Double.parseDouble(text),
            Double.class, Double::parseDouble,
            String.class, text -> text,
            BigDecimal.class, BigDecimal::new,
            BigInteger.class, BigInteger::new);

    private Masks() {}

    /** Returns the zero of a value's type, or null if it has none. */
    static @Nullable Object zero(Object value) {
        Object zero = ZEROS.get(value.getClass());
        if (zero != null) {
            return zero;
        }
        if (value instanceof List<?>) {
            return List.of();
        }
        return value instanceof Map<?, ?> ? Map.of() : null;
    }

    /**
     * Returns a replacement as a value's type, or null if there are no replacements for that type.
     *
     * @throws NumberFormatException if the type is a number and the replacement is none
     */
    static @Nullable Object replacement(String text, Object value) {
        Function<String, Object> reader = READERS.get(value.getClass());
        return reader == null ? null : reader.apply(text);
    }
}
