package dev.sluice.runtime.cli;

import picocli.CommandLine.Option;

/** The options of every command that does something. Set by picocli. */
public final class CommonOptions {
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

    /** Returns whether more shall be said than warnings. */
    public boolean isVerbose() {
        return isVerbose;
    }
}
