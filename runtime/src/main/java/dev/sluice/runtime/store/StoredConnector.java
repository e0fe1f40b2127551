package dev.sluice.runtime.store;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A connector as the config topic holds it.
 *
 * @param config its settings as they were given
 * @param file the file that declared it, or null if it came from elsewhere
 */
public record StoredConnector(
        Map<String, String> config, @Nullable String file) {
    /** Copies the settings in, sorted by name, so that they look the same wherever they are shown. */
    public StoredConnector {
        config = Collections.unmodifiableMap(new TreeMap<>(config));
    }
}
