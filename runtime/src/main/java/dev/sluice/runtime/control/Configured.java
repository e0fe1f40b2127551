package dev.sluice.runtime.control;

import dev.sluice.api.config.ConfigProblem;
import java.util.List;

/**
 * What came of a change of settings.
 *
 * @param connector the connector with its new settings
 * @param isNew whether there was none of that name before
 * @param warnings what is remarkable about the settings though they can be used
 */
public record Configured(ConnectorView connector, boolean isNew, List<ConfigProblem> warnings) {
    /** Copies the list. */
    public Configured {
        warnings = List.copyOf(warnings);
    }
}
