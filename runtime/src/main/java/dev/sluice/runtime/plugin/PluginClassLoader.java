package dev.sluice.runtime.plugin;

import dev.sluice.api.plugin.PluginKind;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The class loader of one plugin location.
 *
 * <p>Invariant 7: classes come from the JDK, from the location's own jars, and from the host only where a package is on
 * the list below. Resources come from the JDK and the own jars alone, so that no service file of the host shows through.
 * The API is strictly the host's; what the host lacks of SLF4J ({@code org.slf4j.bridge} for one) may come from the
 * plugin's jars. Plugins that a bridge runs find the bridge's shared packages in the bridge's loader, first and only
 * there.
 */
final class PluginClassLoader extends URLClassLoader {
    private static final String API = "dev.sluice.api.";
    private static final List<String> OFFERED = List.of("org.slf4j.", "org.jspecify.");

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader host;
    private final ClassLoader bridge;
    private final Set<String> bridgePackages;

    /** A loader for plugins of our own API. */
    static PluginClassLoader of(Path location, List<URL> classPath) {
        ClassLoader host = PluginKind.class.getClassLoader();
        return new PluginClassLoader(location, classPath, host, host, Set.of());
    }

    /** A loader for plugins that a bridge runs. */
    static PluginClassLoader bridged(
            Path location, List<URL> classPath, ClassLoader bridge, Set<String> bridgePackages) {
        return new PluginClassLoader(
                location, classPath, PluginKind.class.getClassLoader(), bridge, Set.copyOf(bridgePackages));
    }

    private PluginClassLoader(
            Path location, List<URL> classPath, ClassLoader host, ClassLoader bridge, Set<String> bridgePackages) {
        super("plugin:" + location, classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        this.host = host;
        this.bridge = bridge;
        this.bridgePackages = bridgePackages;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(API)) {
            return host.loadClass(name);
        }
        if (startsWithAny(name, bridgePackages)) {
            return bridge.loadClass(name);
        }
        if (startsWithAny(name, OFFERED)) {
            return offered(name, resolve);
        }
        return super.loadClass(name, resolve);
    }

    private Class<?> offered(String name, boolean resolve) throws ClassNotFoundException {
        try {
            return host.loadClass(name);
        } catch (ClassNotFoundException notInHost) {
            return super.loadClass(name, resolve);
        }
    }

    private static boolean startsWithAny(String name, Iterable<String> prefixes) {
        for (String prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
