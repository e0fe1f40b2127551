package dev.sluice.connector.jdbc.connection;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigKey;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the JDBC driver of an address: in the plugin's folder, or where {@code driver.path} says. {@link java.sql.DriverManager} is
 * not asked, for it sees no driver of a class loader that is not the caller's.
 *
 * <p>Any thread. Loaders of a {@code driver.path} are kept for the life of the plugin, one for each path: drivers start threads
 * and register themselves, so that a loader could hardly ever be collected.
 */
final class Drivers {
    private static final Logger LOG = LoggerFactory.getLogger(Drivers.class);
    private static final Map<List<String>, ClassLoader> LOADERS = new ConcurrentHashMap<>();
    private static final Map<String, String> JARS = Map.of(
            "mysql", "mysql-connector-j-<version>.jar",
            "mariadb", "mariadb-java-client-<version>.jar",
            "sqlserver", "mssql-jdbc-<version>.jar",
            "oracle", "ojdbc17-<version>.jar",
            "sqlite", "sqlite-jdbc-<version>.jar",
            "h2", "h2-<version>.jar",
            "db2", "jcc-<version>.jar");

    private Drivers() {}

    /**
     * Returns the driver that takes the address.
     *
     * @throws ConfigException if there is none; it names the jar that is missing and the folder that it belongs into
     */
    static Driver find(String url, DriverPlace place) {
        ClassLoader loader = loader(place);
        String className = place.className();
        if (className != null) {
            return named(className, loader);
        }
        for (Driver driver : announced(loader)) {
            if (takes(driver, url)) {
                return driver;
            }
        }
        throw new ConfigException(
                ConnectionConfig.URL,
                "Cannot reach " + SqlText.withoutSecrets(url)
                        + ": no JDBC driver here takes this address. Put its jar (" + jar(url) + ") into " + folder()
                        + " and restart Sluice, or name the jar in driver.path.");
    }

    private static ClassLoader loader(DriverPlace place) {
        ClassLoader own = Drivers.class.getClassLoader();
        return place.path().isEmpty()
                ? own
                : LOADERS.computeIfAbsent(place.path(), path -> new URLClassLoader(urls(path), own));
    }

    private static URL[] urls(List<String> path) {
        List<URL> urls = new ArrayList<>();
        for (String entry : path) {
            for (Path jar : jars(Path.of(entry))) {
                try {
                    urls.add(jar.toUri().toURL());
                } catch (MalformedURLException impossible) {
                    throw new IllegalStateException("A path has no address: " + jar, impossible);
                }
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static List<Path> jars(Path entry) {
        if (Files.isRegularFile(entry)) {
            return List.of(entry);
        }
        if (!Files.isDirectory(entry)) {
            throw unusable(entry, "there is no such file or folder");
        }
        try (Stream<Path> files = Files.list(entry)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
            if (jars.isEmpty()) {
                throw unusable(entry, "the folder has no jar file");
            }
            return jars;
        } catch (IOException unreadable) {
            throw unusable(entry, "the folder cannot be read (" + unreadable.getMessage() + ")");
        }
    }

    private static ConfigException unusable(Path entry, String why) {
        return wrong(
                ConnectionConfig.DRIVER_PATH, "Cannot use " + entry + ": " + why + ". Name the driver's jar file.");
    }

    private static ConfigException wrong(ConfigKey<?> key, String message) {
        return new ConfigException(key, message);
    }

    private static List<Driver> announced(ClassLoader loader) {
        List<Driver> drivers = new ArrayList<>();
        ServiceLoader.load(Driver.class, loader).stream().forEach(provider -> {
            try {
                drivers.add(provider.get());
            } catch (ServiceConfigurationError broken) {
                // A driver of another database that lacks a library is no reason to refuse this one.
                LOG.atDebug().log("a JDBC driver cannot be loaded and is left out: {}", broken.getMessage());
            }
        });
        return drivers;
    }

    private static boolean takes(Driver driver, String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException malformed) {
            return false;
        }
    }

    private static Driver named(String className, ClassLoader loader) {
        try {
            return Class.forName(className, true, loader)
                    .asSubclass(Driver.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ClassNotFoundException missing) {
            throw wrong(
                    ConnectionConfig.DRIVER_CLASS,
                    "Cannot load the JDBC driver " + className + ": there is no such class in " + folder()
                            + " or driver.path. Put the driver's jar there.");
        } catch (ClassCastException | NoSuchMethodException | InstantiationException | IllegalAccessException other) {
            throw wrong(
                    ConnectionConfig.DRIVER_CLASS,
                    "Cannot use " + className + " as a JDBC driver: it is none (" + other + ").");
        } catch (InvocationTargetException failed) {
            throw wrong(
                    ConnectionConfig.DRIVER_CLASS,
                    "Cannot start the JDBC driver " + className + ": " + failed.getCause() + ".");
        }
    }

    private static String jar(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        return JARS.entrySet().stream()
                .filter(entry -> lower.startsWith("jdbc:" + entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("see the database's own documentation");
    }

    /** The folder that this class came from, which is the plugin's. */
    private static String folder() {
        CodeSource source = Drivers.class.getProtectionDomain().getCodeSource();
        try {
            Path place = Path.of(source.getLocation().toURI());
            return String.valueOf(Files.isDirectory(place) ? place : place.getParent());
        } catch (URISyntaxException | RuntimeException unknown) {
            return "the connector's plugin folder";
        }
    }
}
