package dev.sluice.runtime.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connector as the config topic holds it.
 *
 * @param config its settings as they were given
 * @param file the file that declared it, or null if it came from elsewhere
 */
public record StoredConnector(
        Map<String, String> config, @Nullable String file) {
    /** Copies the settings in. */
    public StoredConnector {
        config = Map.copyOf(config);
    }
}
