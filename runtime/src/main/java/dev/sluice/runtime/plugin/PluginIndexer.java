package dev.sluice.runtime.plugin;

import dev.sluice.api.error.ConnectorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the index that a folder of plugins is shipped with. */
public final class PluginIndexer {
    /** The index's file name in its entry of the plugin path; its paths are relative, so the folder may be moved. */
    public static final String INDEX_NAME = "plugins.index";

    private PluginIndexer() {}

    /**
     * Scans a folder of plugins anew and writes its index into it.
     *
     * @param pluginFolder an entry of the plugin path
     * @return what is in the index
     * @throws ConnectorException if something in the folder is broken, or if the index cannot be written
     */
    public static List<InstalledPlugin> write(Path pluginFolder) {
        Path index = pluginFolder.resolve(INDEX_NAME);
        try {
            Files.deleteIfExists(index);
        } catch (IOException e) {
            throw new ConnectorException("Cannot replace " + index + ": " + e + ". Make the folder writable.", e);
        }
        try (Plugins plugins = Plugins.scan(List.of(pluginFolder), index)) {
            plugins.problems().stream()
                    .filter(problem -> problem.severity() == PluginProblem.Severity.BROKEN)
                    .findFirst()
                    .ifPresent(problem -> {
                        throw new ConnectorException(problem.reason());
                    });
            if (!Files.exists(index)) {
                throw new ConnectorException(
                        "Cannot write " + index + ": the folder cannot be written to. " + "Make it writable.");
            }
            return plugins.list();
        }
    }
}
