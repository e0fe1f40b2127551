package dev.sluice.runtime.cli;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.error.ConnectorException;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says why a command ended: what the user can correct in its own words, everything else in one line. */
public final class Complaints implements IExecutionExceptionHandler {
    /** Exit code: a fault of ours. */
    public static final int FAULT = 1;
    /** Exit code: something the user can correct. */
    public static final int USER_ERROR = 2;

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof ConnectorException) {
            print(err, failure);
            if (isVerbose(parsed)) {
                failure.printStackTrace(err);
            }
            return USER_ERROR;
        }
        // Not a constant: the first logger fixes where the log goes, and the command decides that.
        LoggerFactory.getLogger(Complaints.class).atError().setCause(failure).log("command ended by a fault");
        err.println("sluice: " + oneLine(failure) + " This is a fault of Sluice. " + whereToLook());
        if (isVerbose(parsed)) {
            failure.printStackTrace(err);
        }
        err.flush();
        return FAULT;
    }

    private static void print(PrintWriter err, Exception failure) {
        String[] lines = String.valueOf(failure.getMessage()).split("\n", -1);
        if (lines.length == 1) {
            err.println("sluice: " + lines[0]);
        } else {
            boolean isConfig = failure instanceof ConfigException;
            err.println("sluice: " + (isConfig ? lines.length + " problems:" : lines[0]));
            for (int i = isConfig ? 0 : 1; i < lines.length; i++) {
                err.println((isConfig ? "  - " : "    ") + lines[i]);
            }
        }
        err.flush();
    }

    private static String oneLine(Throwable failure) {
        String text = String.valueOf(failure).replaceAll("\\s+", " ");
        return text.endsWith(".") ? text : text + ".";
    }

    private static String whereToLook() {
        return StartUp.logFile().map(file -> "See " + file + ".").orElse("Run it again with --verbose for more.");
    }

    private static boolean isVerbose(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return last.hasMatchedOption("--verbose");
    }
}
