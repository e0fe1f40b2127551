package dev.sluice.runtime.transport;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record as it goes into the log. The arrays are given away.
 *
 * @param key its key, or null
 * @param value its value, or null for a tombstone
 * @param headers its headers in order
 * @param timestampMillis milliseconds since 1970-01-01T00:00Z
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes on the hot path; nobody compares these records.
public record RawRecord(byte @Nullable [] key, byte @Nullable [] value, List<RawHeader> headers, long timestampMillis) {
    /** Returns the size of key, value and headers in bytes, without what the log adds. */
    public long sizeBytes() {
        long size = (key == null ? 0L : key.length) + (value == null ? 0L : value.length);
        for (RawHeader header : headers) {
            byte[] bytes = header.value();
            size += header.key().length() + (bytes == null ? 0L : bytes.length);
        }
        return size;
    }
}
