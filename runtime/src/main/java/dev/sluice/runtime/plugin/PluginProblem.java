package dev.sluice.runtime.plugin;

import java.nio.file.Path;

/**
 * Reports what a scan could not use, or what it chose; everything else of the plugin path is loaded all the same.
 *
 * @param severity how much it matters
 * @param location the jar, folder or entry of the plugin path that it concerns
 * @param reason what was found and what to do, in full sentences; names the location
 */
public record PluginProblem(Severity severity, Path location, String reason) {
    /** How much a problem matters. */
    public enum Severity {
        /** Something is broken or missing: plugins that were meant to be there are not. */
        BROKEN,
        /** Nothing is broken, but somebody may wonder. */
        NOTE
    }

    static PluginProblem broken(Path location, String reason) {
        return new PluginProblem(Severity.BROKEN, location, reason);
    }

    static PluginProblem note(Path location, String reason) {
        return new PluginProblem(Severity.NOTE, location, reason);
    }
}
