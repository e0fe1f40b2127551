package dev.sluice.api.record;

import dev.sluice.api.error.DataException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of offset and partition maps by type, so that a task needs no casts.
 *
 * <p>Stored maps come back with {@link Long} for whole numbers; maps that a task just made may still hold smaller types.
 * Both read the same here.
 */
public final class OffsetValues {
    private OffsetValues() {}

    /**
     * Returns a whole number, or empty if the map is null or has none under that name.
     *
     * @throws DataException if the value is something else
     */
    public static OptionalLong number(@Nullable Map<String, ? extends @Nullable Object> map, String name) {
        Object value = map == null ? null : map.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return OptionalLong.of(((Number) value).longValue());
        }
        throw wrong(name, value, "a whole number");
    }

    /**
     * Returns a text, or empty if the map is null or has none under that name.
     *
     * @throws DataException if the value is something else
     */
    public static Optional<String> text(@Nullable Map<String, ? extends @Nullable Object> map, String name) {
        Object value = map == null ? null : map.get(name);
        if (value == null || value instanceof String) {
            return Optional.ofNullable((String) value);
        }
        throw wrong(name, value, "a text");
    }

    /**
     * Returns a truth value, or empty if the map is null or has none under that name.
     *
     * @throws DataException if the value is something else
     */
    public static Optional<Boolean> flag(@Nullable Map<String, ? extends @Nullable Object> map, String name) {
        Object value = map == null ? null : map.get(name);
        if (value == null || value instanceof Boolean) {
            return Optional.ofNullable((Boolean) value);
        }
        throw wrong(name, value, "true or false");
    }

    private static DataException wrong(String name, Object value, String expected) {
        return new DataException("Cannot use the stored value '" + name + "': it is a "
                + value.getClass().getSimpleName() + ", expected " + expected
                + ". Reset the connector's offsets, or correct them.");
    }
}
