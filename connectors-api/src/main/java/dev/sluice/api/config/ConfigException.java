package dev.sluice.api.config;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.ErrorCategory;
import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Signals that settings cannot be used. The runtime never tries again: somebody must change a setting first.
 *
 * <p>The message holds every problem, one a line, and no secrets.
 */
public final class ConfigException extends ConnectorException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    /**
     * Creates an exception that carries problems.
     *
     * @param problems at least one, in the order to be shown
     */
    public ConfigException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::text).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /**
     * Creates an exception about no setting in particular.
     *
     * @param message what cannot be done, why, and what to do
     */
    public ConfigException(String message) {
        super(message);
        this.problems = List.of();
    }

    /**
     * Creates an exception about no setting in particular, with its cause.
     *
     * @param message what cannot be done, why, and what to do
     * @param cause what led to it; its message must not hold a secret either
     */
    public ConfigException(String message, Throwable cause) {
        super(message, cause);
        this.problems = List.of();
    }

    /**
     * Creates an exception about one setting.
     *
     * @param message what cannot be done, why, and what to do
     */
    public ConfigException(ConfigKey<?> key, String message) {
        this(List.of(ConfigProblem.error(key.name(), message, null)));
    }

    @Override
    public ErrorCategory category() {
        return ErrorCategory.CONFIG;
    }

    /**
     * Returns the problems by setting.
     *
     * @return unmodifiable; empty if the exception concerns no setting in particular, or was deserialised
     */
    public List<ConfigProblem> problems() {
        return problems == null ? List.of() : problems;
    }
}
