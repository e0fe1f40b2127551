package dev.sluice.runtime.plugin;

import dev.sluice.api.plugin.PluginDescriptor;
import java.nio.file.Path;

/**
 * A plugin class and where it was found.
 *
 * @param descriptor what it is
 * @param location the folder or jar that brings it, a child of an entry of the plugin path
 */
public record InstalledPlugin(PluginDescriptor descriptor, Path location) {
    /** Returns the class, its version if it has one, and the place, for logs and error messages. */
    @Override
    public String toString() {
        String version = VersionOrder.isKnown(descriptor.version()) ? " " + descriptor.version() : "";
        return descriptor.className() + version + " from " + location;
    }
}
