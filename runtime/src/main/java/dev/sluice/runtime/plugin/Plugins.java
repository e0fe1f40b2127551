package dev.sluice.runtime.plugin;

import dev.sluice.api.plugin.PluginBridge;
import dev.sluice.api.plugin.PluginKind;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of the plugin path: lists them, finds them by name and creates objects of them.
 *
 * <p>Made by {@link #scan}; immutable from then on and safe to ask from any thread. Close it after all its plugins: their
 * class loaders end with it.
 */
public final class Plugins implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);
    private static final Set<PluginKind> CONNECTORS = EnumSet.of(PluginKind.SOURCE, PluginKind.SINK);

    private final Map<Path, Contents> contents;
    private final PluginNames names;
    private final List<PluginProblem> problems;
    private final PluginFactory factory;

    private Plugins(PluginScan.Result result, PluginFactory factory) {
        this.contents = result.contents();
        this.names = result.names();
        this.problems = result.problems();
        this.factory = factory;
    }

    /**
     * Looks through the plugin path, and logs what it could not use.
     *
     * <p>Each child of an entry is one location: a folder with jars, a jar, or a folder of class files. Locations are read
     * from the entry's own index ({@link PluginIndexer#INDEX_NAME}) or the given one where these still fit, so that jars
     * need not be opened. Reads files: not for an event loop.
     *
     * @param pluginPath folders, or single jars; where a class is there twice in the same version, the later entry wins
     * @param indexFile where to remember locations that no index of the path knows; written when something changed, and
     *     never a reason to fail; null to remember nothing
     */
    public static Plugins scan(List<Path> pluginPath, @Nullable Path indexFile) {
        PluginFactory factory = new PluginFactory();
        Plugins plugins = new Plugins(new PluginScan(factory).run(pluginPath, indexFile), factory);
        plugins.problems.forEach(Plugins::log);
        return plugins;
    }

    private static void log(PluginProblem problem) {
        switch (problem.severity()) {
            case BROKEN -> LOG.atWarn().addKeyValue("error", problem.reason()).log("plugin cannot be used");
            case NOTE -> LOG.atInfo().addKeyValue("note", problem.reason()).log("plugin path");
        }
    }

    /** Returns all plugins: sinks, sources, then the other kinds; by class name within a kind. */
    public List<InstalledPlugin> list() {
        return names.all();
    }

    /** Returns what could not be used, and what had to be chosen, in the order of the plugin path. */
    public List<PluginProblem> problems() {
        return problems;
    }

    /**
     * Finds the connector that a configuration names, source or sink.
     *
     * @throws dev.sluice.api.config.ConfigException if no connector has the name, with the nearest ones, or if several have
     */
    public Resolution findConnector(String name) {
        return names.find(CONNECTORS, name);
    }

    /**
     * Finds a plugin by full class name, alias or short name, in this order.
     *
     * @throws dev.sluice.api.config.ConfigException if no plugin of the kind has the name, with the nearest ones, or if
     *     several have
     */
    public Resolution find(PluginKind kind, String name) {
        return names.find(EnumSet.of(kind), name);
    }

    /**
     * Creates a new plugin object under the class loader of its location.
     *
     * @param plugin one of {@link #list()}, or a resolution's
     * @param type the kind's interface or one that it extends
     * @throws dev.sluice.api.error.ConnectorException saying which class of which location cannot be created, and why
     */
    public <T> LoadedPlugin<T> instantiate(InstalledPlugin plugin, Class<T> type) {
        Contents of = contents.get(plugin.location());
        if (of == null || !type.isAssignableFrom(plugin.descriptor().kind().type())) {
            throw new IllegalArgumentException(plugin + " is not of this registry or no " + type.getName());
        }
        if (of.bridge() == null) {
            return factory.create(of.location(), plugin.descriptor(), type);
        }
        return factory.createBridged(bridge(of.bridge()), of.location(), plugin.descriptor(), type);
    }

    private LoadedPlugin<PluginBridge> bridge(String className) {
        InstalledPlugin bridge = find(PluginKind.BRIDGE, className).plugin();
        Contents of = contents.get(bridge.location());
        if (of == null) {
            throw new IllegalStateException("no contents for " + bridge);
        }
        return factory.bridge(of.location(), bridge.descriptor());
    }

    /** Closes bridges and class loaders; plugin objects must be closed before. */
    @Override
    public void close() {
        factory.close();
    }
}
