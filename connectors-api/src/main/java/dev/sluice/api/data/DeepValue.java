package dev.sluice.api.data;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Equality and hash of data values in which arrays of bytes and byte buffers count by content. */
final class DeepValue {
    private DeepValue() {}

    static boolean equal(@Nullable Object one, @Nullable Object other) {
        if (one instanceof List<?> a && other instanceof List<?> b) {
            return equalLists(a, b);
        }
        if (one instanceof Map<?, ?> a && other instanceof Map<?, ?> b) {
            return equalMaps(a, b);
        }
        return Objects.equals(comparable(one), comparable(other));
    }

    static int hash(@Nullable Object value) {
        if (value instanceof List<?> list) {
            int hash = 1;
            for (Object item : list) {
                hash = 31 * hash + hash(item);
            }
            return hash;
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .mapToInt(entry -> Objects.hashCode(entry.getKey()) ^ hash(entry.getValue()))
                    .sum();
        }
        return Objects.hashCode(comparable(value));
    }

    private static boolean equalLists(List<?> one, List<?> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!equal(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalMaps(Map<?, ?> one, Map<?, ?> other) {
        return one.size() == other.size()
                && one.entrySet().stream()
                        .allMatch(entry -> other.containsKey(entry.getKey())
                                && equal(entry.getValue(), other.get(entry.getKey())));
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
    }
}
