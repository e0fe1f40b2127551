package dev.sluice.runtime.validate;

import dev.sluice.api.config.ConfigException;
import dev.sluice.runtime.plugin.InstalledPlugin;
import dev.sluice.runtime.plugin.Plugins;
import dev.sluice.runtime.plugin.VersionRange;

/** Whether a version that somebody asks for is installed. Of each class one version is. */
public final class PluginVersions {
    private PluginVersions() {}

    /**
     * Refuses a version that is not installed, in Kafka Connect's words.
     *
     * @param plugin class or alias
     * @param version latest, a version, or a range
     * @throws ConfigException if no such plugin is installed, or not in this version
     */
    public static void require(Plugins plugins, String plugin, String version) {
        InstalledPlugin found = new PluginLookup(plugins).find(plugin);
        String installed = found.descriptor().version();
        if (!range(version).accepts(installed)) {
            throw new ConfigException("Plugin " + found.descriptor().className()
                    + " not found that matches the version range " + shown(version) + ", available versions: ["
                    + installed
                    + "]");
        }
    }

    private static VersionRange range(String version) {
        try {
            return VersionRange.parse(version);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("Invalid version specification: " + version, e);
        }
    }

    /** A plain version means that one alone. */
    private static String shown(String version) {
        boolean isPlain = !version.equals("latest") && !version.startsWith("[") && !version.startsWith("(");
        return isPlain ? "[" + version + "," + version + "]" : version;
    }
}
