package dev.sluice.runtime.config;

import java.util.Map;

/**
 * One predicate of a connector.
 *
 * @param alias the name by which transformations refer to it
 * @param type class name or alias of the predicate
 * @param settings under the names the predicate knows; may hold secrets
 */
public record PredicateChoice(String alias, String type, Map<String, String> settings) {
    /** Copies the settings in. */
    public PredicateChoice {
        settings = Map.copyOf(settings);
    }

    /** Returns everything but the values of the settings. */
    @Override
    public String toString() {
        return alias + "=" + type + settings.keySet();
    }
}
