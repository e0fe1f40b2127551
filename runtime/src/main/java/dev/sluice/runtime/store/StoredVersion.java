package dev.sluice.runtime.store;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings that a connector has or had.
 *
 * @param version counts the changes from 1
 * @param timeMillis when they were stored, in milliseconds since 1970-01-01T00:00Z
 * @param origin what brought them
 * @param config the settings as given
 */
public record StoredVersion(int version, long timeMillis, String origin, Map<String, String> config) {
    /** Copies the settings in, sorted by name. */
    public StoredVersion {
        config = Collections.unmodifiableMap(new TreeMap<>(config));
    }
}
