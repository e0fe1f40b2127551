package dev.sluice.runtime.secret;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.error.RetriableException;
import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** Signals that variables cannot be replaced now, though nothing may be wrong with them: a provider does not answer. */
public final class ProviderUnavailableException extends RetriableException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    ProviderUnavailableException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::text).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Returns what is wrong, by setting. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
