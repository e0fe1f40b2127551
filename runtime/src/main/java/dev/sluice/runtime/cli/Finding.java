package dev.sluice.runtime.cli;

import dev.sluice.api.config.ConfigProblem;

/**
 * One thing that was checked.
 *
 * @param verdict how it is
 * @param text what was found and, unless all is well, what to do
 */
record Finding(Verdict verdict, String text) {
    /** How a thing is. */
    enum Verdict {
        OK("ok      "),
        WARNING("warning "),
        PROBLEM("PROBLEM ");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }
    }

    static Finding ok(String text) {
        return new Finding(Verdict.OK, text);
    }

    static Finding warning(String text) {
        return new Finding(Verdict.WARNING, text);
    }

    static Finding problem(String text) {
        return new Finding(Verdict.PROBLEM, text);
    }

    static Finding of(ConfigProblem problem) {
        return switch (problem.severity()) {
            case ERROR -> problem(problem.text());
            case WARNING -> warning(problem.text());
            case NOTE -> ok(problem.text());
        };
    }

    boolean standsInTheWay() {
        return verdict == Verdict.PROBLEM;
    }

    String line() {
        return verdict.label + text;
    }
}
