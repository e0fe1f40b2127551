package dev.sluice.runtime.transport;

import org.jspecify.annotations.Nullable;

/**
 * A header as it stands in the log.
 *
 * @param key its name
 * @param value its bytes, or null
 */
public record RawHeader(String key, byte @Nullable [] value) {}
