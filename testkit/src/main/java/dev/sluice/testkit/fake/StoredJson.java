package dev.sluice.testkit.fake;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Does to offsets what storing them as JSON and reading them back does: whole numbers become {@link Long}, others
 * {@link Double}, collections become unmodifiable copies, and anything that JSON cannot hold is refused.
 */
public final class StoredJson {
    private StoredJson() {}

    /**
     * Returns a map as it comes back from the store.
     *
     * @param place what the map is, for the failure: {@code "offset"}
     * @throws IllegalArgumentException naming the place and class of what JSON cannot hold
     */
    public static Map<String, @Nullable Object> map(Map<?, ?> map, String place) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw refused(place, key == null ? "a null key" : "a key of " + key.getClass());
            }
            copy.put(name, value(value, place + "." + name));
        });
        return Collections.unmodifiableMap(copy);
    }

    /**
     * Returns a value as it comes back from the store.
     *
     * @param place what the value is, for the failure
     * @throws IllegalArgumentException naming the place and class of what JSON cannot hold
     */
    public static @Nullable Object value(@Nullable Object value, String place) {
        if (value == null || value instanceof Boolean || value instanceof String) {
            return value;
        }
        if (value instanceof Number number) {
            return number(number, place);
        }
        if (value instanceof List<?> list) {
            return list(list, place);
        }
        if (value instanceof Map<?, ?> map) {
            return map(map, place);
        }
        throw refused(place, "a " + value.getClass().getName());
    }

    private static List<@Nullable Object> list(List<?> list, String place) {
        List<@Nullable Object> copy = new ArrayList<>();
        for (Object item : list) {
            copy.add(value(item, place + "[" + copy.size() + "]"));
        }
        return Collections.unmodifiableList(copy);
    }

    private static Number number(Number number, String place) {
        if (number instanceof BigInteger big && big.bitLength() >= Long.SIZE) {
            throw refused(place, "a whole number of more than 64 bits");
        }
        if (number instanceof Float || number instanceof Double || number instanceof BigDecimal) {
            // By its text, as in JSON: 0.1f is stored as 0.1 and not as its nearest double.
            double stored = Double.parseDouble(number.toString());
            if (!Double.isFinite(stored)) {
                throw refused(place, "the number " + number);
            }
            return stored;
        }
        return number.longValue();
    }

    private static IllegalArgumentException refused(String place, String what) {
        return new IllegalArgumentException("Cannot store " + place + " as JSON: it holds " + what
                + ". Use null, booleans, numbers, strings, and lists or maps of these.");
    }
}
