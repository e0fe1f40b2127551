package dev.sluice.runtime.transport;

import dev.sluice.api.record.TimestampType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was read from the log.
 *
 * @param offset its offset in its partition
 * @param timestampMillis milliseconds since 1970-01-01T00:00Z, or -1 for none
 * @param timestampType who set the timestamp
 * @param key its key, or null
 * @param value its value, or null for a tombstone
 * @param headers its headers in order
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes on the hot path; nobody compares these records.
public record LogRecord(
        long offset,
        long timestampMillis,
        TimestampType timestampType,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<RawHeader> headers) {}
