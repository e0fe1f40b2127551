package dev.sluice.runtime.plugin;

import dev.sluice.api.plugin.PluginDescriptor;

/**
 * A plugin object and the class loader that it lives in.
 *
 * @param plugin the new object; whoever asked for it calls and closes it
 * @param loader the class loader of the plugin's location
 * @param descriptor what the plugin is
 * @param <T> the API interface asked for
 */
public record LoadedPlugin<T>(T plugin, ClassLoader loader, PluginDescriptor descriptor) {
    /** Makes the plugin's class loader the context class loader of the current thread, until the context is closed. */
    public PluginContext enter() {
        return PluginContext.enter(loader);
    }
}
