/**
 * Finds the plugins of the plugin path, answers which one a name means, and creates plugin objects under class loaders of
 * their own.
 *
 * <p>Main types: {@link dev.sluice.runtime.plugin.Plugins}, the registry that {@code scan} makes from the folders;
 * {@link dev.sluice.runtime.plugin.Resolution}, what a name turned out to mean;
 * {@link dev.sluice.runtime.plugin.LoadedPlugin}, a plugin object with its class loader;
 * {@link dev.sluice.runtime.plugin.PluginIndexer}, which prepares the index of a shipped folder at build time.
 *
 * <p>Invariant 7 is upheld here: a plugin sees the JDK, the API, SLF4J and its own jars, and nothing else of the host.
 * No class of a plugin is loaded before somebody asks for it by name, bridges excepted. A scan reads files, so it belongs
 * on the blocking pool; a registry is immutable and may be asked from any thread; objects are created on the thread that
 * starts their connector or task.
 */
@NullMarked
package dev.sluice.runtime.plugin;

import org.jspecify.annotations.NullMarked;
