package dev.sluice.api.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Collects problems while settings are checked, so that all are reported at once. Not safe for use by several threads.
 */
public final class ConfigProblems {

    private final String prefix;
    private final List<ConfigProblem> list;

    /** Creates an empty collection. */
    public ConfigProblems() {
        this("", new ArrayList<>());
    }

    private ConfigProblems(String prefix, List<ConfigProblem> list) {
        this.prefix = prefix;
        this.list = list;
    }

    /**
     * Adds an error.
     *
     * @param key the setting it concerns
     * @param message what cannot be done and why: a sentence with its stop, without secrets
     */
    public void error(ConfigKey<?> key, String message) {
        add(ConfigProblem.error(key.name(), message, null));
    }

    /**
     * Adds an error with a way out.
     *
     * @param key the setting it concerns
     * @param message what cannot be done and why: a sentence with its stop, without secrets
     * @param fix what to do: a sentence with its stop
     */
    public void error(ConfigKey<?> key, String message, String fix) {
        add(ConfigProblem.error(key.name(), message, fix));
    }

    /**
     * Adds a warning.
     *
     * @param key the setting it concerns
     * @param message what will not be as expected, and why: a sentence with its stop, without secrets
     */
    public void warning(ConfigKey<?> key, String message) {
        add(ConfigProblem.warning(key.name(), message, null));
    }

    /** Adds a problem made elsewhere. */
    public void add(ConfigProblem problem) {
        list.add(prefix.isEmpty() ? problem : problem.prefixed(prefix));
    }

    /**
     * Returns what was collected so far.
     *
     * @return an unmodifiable copy in the order added
     */
    public List<ConfigProblem> list() {
        return List.copyOf(list);
    }

    /** Lets an embedded spec add problems under the names it knows; they are kept under the full names. */
    void under(String innerPrefix, Consumer<ConfigProblems> adder) {
        adder.accept(new ConfigProblems(prefix + innerPrefix, list));
    }
}
