package dev.sluice.runtime.cli;

import dev.sluice.api.config.ConfigProblem;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * The two streams that a user reads.
 *
 * @param out for what a command says
 * @param err for problems
 */
public record Terminal(PrintWriter out, PrintWriter err) {
    /**
     * Returns the streams of a command.
     *
     * @param command as picocli runs it
     */
    public static Terminal of(CommandLine command) {
        return new Terminal(command.getOut(), command.getErr());
    }

    /**
     * Prints a line.
     *
     * @param line the line
     */
    public void say(String line) {
        out.println(line);
        out.flush();
    }

    /**
     * Prints a warning.
     *
     * @param message the sentence
     */
    public void warn(String message) {
        err.println("warning: " + message);
        err.flush();
    }

    /**
     * Prints what is good to know.
     *
     * @param message the sentence
     */
    public void note(String message) {
        err.println("note: " + message);
        err.flush();
    }

    /**
     * Prints why the command ends.
     *
     * @param message the sentence
     */
    public void problem(@Nullable String message) {
        err.println("sluice: " + message);
        err.flush();
    }

    /**
     * Prints what is remarkable about a setting.
     *
     * @param problem error, warning or note
     */
    public void remark(ConfigProblem problem) {
        err.println(problem.severity().name().toLowerCase(Locale.ROOT) + ": " + problem.text());
        err.flush();
    }
}
