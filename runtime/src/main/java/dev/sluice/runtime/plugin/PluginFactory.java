package dev.sluice.runtime.plugin;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.plugin.PluginBridge;
import dev.sluice.api.plugin.PluginDescriptor;
import dev.sluice.api.plugin.PluginKind;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates plugin objects; owns the class loaders and the bridges, each made when it is first needed.
 *
 * <p>May be used from any thread.
 */
final class PluginFactory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PluginFactory.class);

    private final Map<Path, PluginClassLoader> loaders = new ConcurrentHashMap<>();
    private final Map<Path, Map<String, LoadedPlugin<PluginBridge>>> bridges = new ConcurrentHashMap<>();

    /** Creates a plugin of our own API. */
    <T> LoadedPlugin<T> create(Location location, PluginDescriptor descriptor, Class<T> type) {
        PluginClassLoader loader =
                loaders.computeIfAbsent(location.path(), path -> PluginClassLoader.of(path, location.urls()));
        T plugin = guarded(location, descriptor, loader, () -> newObject(descriptor, type, loader));
        return new LoadedPlugin<>(plugin, loader, descriptor);
    }

    /** Returns the one object of a bridge. */
    LoadedPlugin<PluginBridge> bridge(Location location, PluginDescriptor descriptor) {
        return bridges.computeIfAbsent(location.path(), path -> new ConcurrentHashMap<>())
                .computeIfAbsent(descriptor.className(), name -> create(location, descriptor, PluginBridge.class));
    }

    /** Creates a plugin that a bridge runs. */
    <T> LoadedPlugin<T> createBridged(
            LoadedPlugin<PluginBridge> bridge, Location location, PluginDescriptor descriptor, Class<T> type) {
        PluginClassLoader loader = loaders.computeIfAbsent(
                location.path(),
                path -> PluginClassLoader.bridged(
                        path, location.urls(), bridge.loader(), bridge.plugin().sharedPackages()));
        T plugin = guarded(location, descriptor, loader, () -> bridge.plugin().instantiate(descriptor, type, loader));
        return new LoadedPlugin<>(plugin, loader, descriptor);
    }

    private static <T> T guarded(
            Location location, PluginDescriptor descriptor, ClassLoader loader, Supplier<T> creation) {
        PluginContext context = PluginContext.enter(loader);
        try (context) {
            return creation.get();
        } catch (ConnectorException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new ConnectorException(PluginFailure.words(location, descriptor, e), e);
        }
    }

    private static <T> T newObject(PluginDescriptor descriptor, Class<T> type, ClassLoader loader) {
        try {
            Class<?> found = loader.loadClass(descriptor.className());
            PluginKind kind = descriptor.kind();
            Object plugin = found.asSubclass(kind.type()).getConstructor().newInstance();
            return type.cast(plugin);
        } catch (InvocationTargetException e) {
            throw new PluginFailure(e.getCause() == null ? e : e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new PluginFailure(e);
        }
    }

    @Override
    public void close() {
        bridges.values().forEach(ofLocation -> ofLocation.values().forEach(PluginFactory::closeBridge));
        loaders.values().forEach(PluginFactory::closeLoader);
    }

    private static void closeBridge(LoadedPlugin<PluginBridge> bridge) {
        PluginContext context = bridge.enter();
        try (context) {
            bridge.plugin().close();
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("plugin", bridge.descriptor().className())
                    .setCause(e)
                    .log("bridge does not close");
        }
    }

    private static void closeLoader(PluginClassLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("plugin", loader.getName()).setCause(e).log("class loader does not close");
        }
    }
}
