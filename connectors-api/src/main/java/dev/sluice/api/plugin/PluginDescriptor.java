package dev.sluice.api.plugin;

import java.util.Set;

/**
 * Describes a plugin class without loading it.
 *
 * @param kind what it is
 * @param className its full class name
 * @param version its version for people, or {@link Plugin#UNKNOWN_VERSION}
 * @param aliases further names under which configurations may ask for it; foreign class names included
 */
public record PluginDescriptor(PluginKind kind, String className, String version, Set<String> aliases) {
    /** Copies the aliases in. */
    public PluginDescriptor {
        aliases = Set.copyOf(aliases);
    }
}
