package dev.sluice.runtime.cli;

import picocli.CommandLine.Option;

/** The options of every command that does something. Set by picocli. */
final class CommonOptions {
    @Option(
            names = {"-v", "--verbose"},
            description = "Show the log from INFO on, and stack traces.")
    private boolean isVerbose;

    @SuppressWarnings("UnusedVariable") // picocli itself reads it, by reflection
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean isHelpAsked;

    boolean isVerbose() {
        return isVerbose;
    }
}
