package dev.sluice.runtime.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One transformation of a connector's chain.
 *
 * @param alias its name in the chain
 * @param type class name or alias of the transformation
 * @param settings under the names the transformation knows; may hold secrets
 * @param predicate alias of the predicate that decides whether it applies; null: it always applies
 * @param isNegated whether it applies where the predicate says no
 */
public record TransformStep(
        String alias,
        String type,
        Map<String, String> settings,
        @Nullable String predicate,
        boolean isNegated) {
    /** Copies the settings in. */
    public TransformStep {
        settings = Map.copyOf(settings);
    }

    /** Returns everything but the values of the settings. */
    @Override
    public String toString() {
        return alias + "=" + type + settings.keySet();
    }
}
