package dev.sluice.connector.elasticsearch.source;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the reading of a shard stands.
 *
 * @param uuid the index that it belongs to; null if a user has set the position and did not say
 * @param seqNo the sequence number of the last document, −1 before the first
 * @param value the value of the last document's follow field, a text or a number; null where none is followed, or before the first
 */
record Position(@Nullable String uuid, long seqNo, @Nullable Object value) {
    private static final String UUID = "uuid";
    private static final String SEQ_NO = "seq_no";
    private static final String VALUE = "value";

    /** Returns the place before the first document. */
    static Position start(Shard shard) {
        return new Position(shard.uuid(), -1, null);
    }

    /** Reads a stored offset. */
    static Position of(Map<String, ?> offset) {
        Object uuid = offset.get(UUID);
        Object seqNo = offset.get(SEQ_NO);
        if (!(seqNo instanceof Number number) || number.longValue() < -1) {
            throw new IllegalArgumentException(
                    "its " + SEQ_NO + " is " + seqNo + ", expected a whole number from -1 on");
        }
        if (uuid != null && !(uuid instanceof String)) {
            throw new IllegalArgumentException("its " + UUID + " is no text");
        }
        Object value = offset.get(VALUE);
        if (value != null && !(value instanceof String) && !(value instanceof Number)) {
            throw new IllegalArgumentException("its " + VALUE + " is neither a text nor a number");
        }
        return new Position((String) uuid, number.longValue(), value);
    }

    Map<String, Object> offset() {
        Map<String, Object> offset = new HashMap<>();
        offset.put(SEQ_NO, seqNo);
        if (uuid != null) {
            offset.put(UUID, uuid);
        }
        if (value != null) {
            offset.put(VALUE, value);
        }
        return offset;
    }

    /** Returns whether it belongs to another index of the same name. */
    boolean isOfAnother(Shard shard) {
        return uuid != null && !uuid.equals(shard.uuid());
    }
}
