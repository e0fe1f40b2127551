package dev.sluice.runtime.validate;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.ConfigValidation;
import dev.sluice.api.config.ConfigValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What a validation has found out so far; owned by one validation, which goes from thread to thread but never runs on two
 * at once.
 */
final class Findings {
    private final Subject subject;
    private final Map<String, ConfigValue> values = new LinkedHashMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();
    private ConfigSpec plugin = ConfigSpec.of();
    private ConfigSpec embedded = ConfigSpec.of();

    Findings(Subject subject) {
        this.subject = subject;
    }

    Subject subject() {
        return subject;
    }

    ConfigSpec plugin() {
        return plugin;
    }

    ConfigSpec embedded() {
        return embedded;
    }

    void setSpecs(ConfigSpec pluginSpec, ConfigSpec embeddedSpec) {
        plugin = pluginSpec;
        embedded = embeddedSpec;
    }

    /** Takes what a spec or a plugin says; where somebody found an error of a setting before, both say the same. */
    void add(ConfigValidation validation) {
        validation.values().forEach(value -> values.putIfAbsent(value.name(), value));
        Set<String> faulty = problems.stream()
                .filter(ConfigProblem::isError)
                .map(ConfigProblem::key)
                .collect(Collectors.toSet());
        validation.problems().stream()
                .filter(problem -> !problem.isError() || !faulty.contains(problem.key()))
                .forEach(this::add);
    }

    void add(ConfigProblem problem) {
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    boolean hasErrors() {
        return problems.stream().anyMatch(ConfigProblem::isError);
    }

    Map<String, ConfigValue> values() {
        return values;
    }

    /** Changes the words of all problems. */
    void redact(UnaryOperator<String> redactor) {
        problems.replaceAll(problem -> new ConfigProblem(
                problem.severity(),
                problem.key(),
                redactor.apply(problem.message()),
                problem.fix() == null ? null : redactor.apply(problem.fix())));
    }

    Checked checked() {
        return new Checked(
                problems.stream().filter(ConfigProblem::isError).toList(),
                problems.stream().filter(problem -> !problem.isError()).toList(),
                true);
    }
}
