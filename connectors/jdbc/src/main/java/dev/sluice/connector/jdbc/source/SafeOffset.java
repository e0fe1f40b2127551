package dev.sluice.connector.jdbc.source;

import dev.sluice.api.error.DataException;
import dev.sluice.api.record.OffsetValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What an offset of safe mode on PostgreSQL holds beside the place of the last row.
 *
 * @param floor nothing new comes below this number, or before this microsecond; null if nobody knows
 * @param done the transactions whose rows were read in earlier rounds, or null before the end of the first round
 * @param since where the last complete round ended, in microseconds; rows from there on are new whatever wrote them
 * @param doing the transactions whose rows the current round takes
 * @param until before which microsecond the current round reads, or null without time
 */
record SafeOffset(
        @Nullable Long floor,
        @Nullable XidSet done,
        @Nullable Long since,
        XidSet doing,
        @Nullable Long until) {
    static final String NAME = "round";

    Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        put(map, "floor", floor);
        put(map, "since", since);
        put(map, "until", until);
        put(map, "done", done == null ? null : map(done));
        map.put("doing", map(doing));
        return map;
    }

    private static void put(Map<String, @Nullable Object> map, String name, @Nullable Object value) {
        if (value != null) {
            map.put(name, value);
        }
    }

    private static Map<String, @Nullable Object> map(XidSet set) {
        return Map.of("xmin", set.horizon(), "seen", set.text());
    }

    /** Reads it from an offset; null if the offset was written without safe mode. */
    static @Nullable SafeOffset of(Map<String, @Nullable Object> offset) {
        Map<String, @Nullable Object> map = part(offset, NAME);
        if (map == null) {
            return null;
        }
        XidSet doing = set(part(map, "doing"));
        if (doing == null) {
            throw new DataException("Cannot use the stored value '" + NAME
                    + "': it has no 'doing'. Reset the connector's" + " offsets, or correct them.");
        }
        return new SafeOffset(
                number(map, "floor"), set(part(map, "done")), number(map, "since"), doing, number(map, "until"));
    }

    private static @Nullable Long number(Map<String, @Nullable Object> map, String name) {
        OptionalLong number = OffsetValues.number(map, name);
        return number.isEmpty() ? null : number.getAsLong();
    }

    private static @Nullable XidSet set(@Nullable Map<String, @Nullable Object> map) {
        if (map == null) {
            return null;
        }
        long horizon = OffsetValues.number(map, "xmin")
                .orElseThrow(
                        () -> new DataException("Cannot use the stored transaction ids: 'xmin' is missing. Reset the"
                                + " connector's offsets, or correct them."));
        return XidSet.parse(horizon, OffsetValues.text(map, "seen").orElse(null));
    }

    @SuppressWarnings("unchecked") // Maps of an offset have texts as keys: they were stored as JSON.
    private static @Nullable Map<String, @Nullable Object> part(Map<String, @Nullable Object> map, String name) {
        Object part = map.get(name);
        if (part == null || part instanceof Map<?, ?>) {
            return (Map<String, @Nullable Object>) part;
        }
        throw new DataException("Cannot use the stored value '" + name + "': it is a "
                + part.getClass().getSimpleName()
                + ", expected an object. Reset the connector's offsets, or correct them.");
    }
}
