package dev.sluice.runtime.plugin;

import dev.sluice.api.plugin.PluginDescriptor;
import java.nio.file.Path;

/**
 * Says which plugin a name means, and why.
 *
 * @param plugin the plugin taken
 * @param matchedBy how the name led to it
 * @param note one sentence for log and REST
 */
public record Resolution(InstalledPlugin plugin, MatchedBy matchedBy, String note) {
    /** The ways from a name to a plugin, in the order in which they are tried. */
    public enum MatchedBy {
        /** The name is the full name of a class that is really there. */
        CLASS,
        /** The name is a full class name, of another product perhaps, that a plugin answers to. */
        ALIAS,
        /** The name is the short form of a class name or of an alias. */
        SHORT_NAME
    }

    /** Returns what the plugin is. */
    public PluginDescriptor descriptor() {
        return plugin.descriptor();
    }

    /** Returns the folder or jar that brings the plugin. */
    public Path location() {
        return plugin.location();
    }
}
