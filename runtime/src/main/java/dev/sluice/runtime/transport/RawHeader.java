package dev.sluice.runtime.transport;

import org.jspecify.annotations.Nullable;

/**
 * A header as it stands in the log.
 *
 * @param key its name
 * @param value its bytes, or null
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes on the hot path; nobody compares these records.
public record RawHeader(String key, byte @Nullable [] value) {}
