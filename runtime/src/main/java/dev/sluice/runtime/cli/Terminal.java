package dev.sluice.runtime.cli;

import dev.sluice.api.config.ConfigProblem;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;

/** The two streams that a user reads. */
record Terminal(PrintWriter out, PrintWriter err) {
    static Terminal of(CommandLine command) {
        return new Terminal(command.getOut(), command.getErr());
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    void warn(String message) {
        err.println("warning: " + message);
        err.flush();
    }

    void remark(ConfigProblem problem) {
        err.println(problem.severity().name().toLowerCase(Locale.ROOT) + ": " + problem.text());
        err.flush();
    }
}
