package dev.sluice.api.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds everything that can be said about a map of texts in view of a spec.
 *
 * @param values one for each setting of the spec, in its order, then one for each given name that is none of them and
 *     has an error
 * @param problems all errors and warnings, those about unknown names included
 */
public record ConfigValidation(List<ConfigValue> values, List<ConfigProblem> problems) {

    /** Copies the lists. */
    public ConfigValidation {
        values = List.copyOf(values);
        problems = List.copyOf(problems);
    }

    /**
     * Returns how many errors there are.
     *
     * @return 0 if the settings can be used
     */
    public int errorCount() {
        return errors().size();
    }

    /**
     * Returns the problems that stand in the way.
     *
     * @return unmodifiable, may be empty
     */
    public List<ConfigProblem> errors() {
        return problems.stream().filter(ConfigProblem::isError).toList();
    }

    /**
     * Returns the problems that do not stand in the way: warnings and notes.
     *
     * @return unmodifiable, may be empty
     */
    public List<ConfigProblem> warnings() {
        return problems.stream().filter(problem -> !problem.isError()).toList();
    }

    /**
     * Finds what was found out about one setting.
     *
     * @param name its name
     * @return empty if there is no such setting
     */
    public Optional<ConfigValue> value(String name) {
        return values.stream().filter(value -> value.name().equals(name)).findFirst();
    }

    /**
     * Adds problems that were found by other means, such as a look at the outside system.
     *
     * @param more the problems; one about a name that is not listed adds a value for that name if it is an error
     */
    public ConfigValidation withProblems(List<ConfigProblem> more) {
        Map<String, ConfigValue> byName = new LinkedHashMap<>();
        values.forEach(value -> byName.put(value.name(), value));
        for (ConfigProblem problem : more) {
            ConfigValue known = byName.get(problem.key());
            if (known != null) {
                byName.put(problem.key(), with(known, problem));
            } else if (problem.isError()) {
                byName.put(problem.key(), new ConfigValue(problem.key(), null, List.of(), List.of(problem), true));
            }
        }
        List<ConfigProblem> all = new ArrayList<>(problems);
        all.addAll(more);
        return new ConfigValidation(List.copyOf(byName.values()), all);
    }

    private static ConfigValue with(ConfigValue value, ConfigProblem problem) {
        List<ConfigProblem> all = new ArrayList<>(value.problems());
        all.add(problem);
        return new ConfigValue(value.name(), value.value(), value.recommendedValues(), all, value.visible());
    }
}
