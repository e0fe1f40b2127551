package dev.sluice.api.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Makes plugins that were written for another API usable as plugins of this one.
 *
 * <p>The runtime asks every bridge about each folder of the plugin path that names no plugin of this API. A bridge runs in
 * its own class loader. Plugins that it runs get a loader of their own, which finds the packages of
 * {@link #sharedPackages()} in the bridge's loader, so that both sides mean the same classes. Calls come from a plugin
 * scan, one at a time, or from the thread that starts a connector or task.
 */
public interface PluginBridge extends AutoCloseable {
    /** Returns whether the folder or jar holds plugins that this bridge can run; looks at names only, loads nothing. */
    boolean recognises(Path location) throws IOException;

    /** Returns what a recognised location offers, from its manifests; loads no class of it. */
    List<PluginDescriptor> list(Path location) throws IOException;

    /** Returns the package prefixes, such as {@code org.apache.kafka.}, that its plugins take from the bridge's loader. */
    Set<String> sharedPackages();

    /**
     * Returns a new plugin object behind this API.
     *
     * @param descriptor one of {@link #list}
     * @param type the API interface of the descriptor's kind
     * @param loader the plugin's class loader
     * @throws dev.sluice.api.error.ConnectorException saying why the plugin cannot run here
     */
    <T> T instantiate(PluginDescriptor descriptor, Class<T> type, ClassLoader loader);

    /** Lets go of what the bridge holds. */
    @Override
    default void close() {}
}
