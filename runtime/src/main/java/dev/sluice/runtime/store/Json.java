package dev.sluice.runtime.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON of the internal topics: plain maps, lists, strings, longs, doubles, booleans and null. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);
    private static final ObjectMapper SORTING = MAPPER.copy().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private Json() {}

    /** Returns the bytes of a value, in the order that its maps have. */
    static byte[] bytes(Object value) {
        return write(MAPPER, value);
    }

    /** Returns the bytes of a value with all maps sorted by key, so that equal values have equal bytes. */
    static byte[] sortedBytes(Object value) {
        return write(SORTING, value);
    }

    private static byte[] write(ObjectMapper mapper, Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException unfit) {
            throw new IllegalArgumentException(
                    "Cannot write a " + value.getClass().getName() + " as JSON: " + unfit.getOriginalMessage(), unfit);
        }
    }

    /** Returns the value of bytes; throws {@link IOException} where they are no JSON. */
    static @Nullable Object value(byte[] bytes) throws IOException {
        return MAPPER.readValue(bytes, Object.class);
    }

    /** Returns a map of bytes with string keys; throws {@link IOException} where they hold something else. */
    @SuppressWarnings("unchecked") // JSON objects have string keys.
    static Map<String, @Nullable Object> map(byte[] bytes) throws IOException {
        if (value(bytes) instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new IOException("expected a JSON object");
    }
}
