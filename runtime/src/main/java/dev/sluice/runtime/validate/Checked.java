package dev.sluice.runtime.validate;

import dev.sluice.api.config.ConfigProblem;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a check before storing settings found.
 *
 * @param errors what stands in the way; empty if the settings may be stored
 * @param warnings what is remarkable: names that nobody knows, settings without effect, checks that did not answer
 * @param isConnector whether the settings name a connector that is installed; if not, that is the only error
 */
public record Checked(List<ConfigProblem> errors, List<ConfigProblem> warnings, boolean isConnector) {
    /** Copies the lists in. */
    public Checked {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    /** Returns whether the settings may be stored. */
    public boolean isValid() {
        return errors.isEmpty();
    }

    /** Returns all errors in Kafka Connect's words for a refused configuration; behind them what else is remarkable. */
    public String message() {
        if (!isConnector) {
            return errors.get(0).message();
        }
        return "Connector configuration is invalid and contains the following " + errors.size() + " error(s):\n"
                + errors.stream().map(ConfigProblem::text).collect(Collectors.joining("\n"))
                + notes().stream().map(note -> "\nBesides: " + note).collect(Collectors.joining())
                + "\nYou can also find the above list of errors at the endpoint"
                + " `/connector-plugins/{connectorType}/config/validate`";
    }

    /** Returns the warnings as texts, for log and status. */
    public List<String> notes() {
        return warnings.stream().map(ConfigProblem::text).toList();
    }
}
