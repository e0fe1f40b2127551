package dev.sluice.runtime.cli;

import dev.sluice.api.config.ConfigException;
import dev.sluice.runtime.config.LogFormat;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What must be settled before the libraries are first touched: where the log goes, and how little of Vert.x is started.
 * Used by the main thread.
 */
public final class StartUp {
    /** Where the installation is; the launcher says so. */
    private static final String HOME = "sluice.home";

    private StartUp() {}

    static void prepareLibraries() {
        setDefault("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        // Nothing is served from the class path, so that Vert.x needs no cache folder for it.
        setDefault("vertx.disableFileCPResolving", "true");
        setDefault("vertx.disableFileCaching", "true");
        setDefault("vertx.disableDnsResolver", "true");
        setDefault("io.netty.tryReflectionSetAccessible", "true");
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /**
     * Chooses how lines of the log are written, unless the environment has chosen. Must come before the first log line.
     *
     * @throws ConfigException if the environment names a format that there is not
     */
    static void logAs(LogFormat format) {
        String given = System.getenv(LogConfigurator.FORMAT_VARIABLE);
        if (given == null) {
            setDefault(LogConfigurator.FORMAT, format.name());
        } else if (!LogConfigurator.isFormat(given)) {
            throw new ConfigException("Cannot use " + LogConfigurator.FORMAT_VARIABLE + "=" + given
                    + ": the format must be text or json. Correct the variable, or leave it out.");
        }
    }

    /**
     * Lets the log go into a file too. Must come before the first log line.
     *
     * @param isVerbose whether the console shows more than warnings
     */
    public static void logToFile(boolean isVerbose) {
        String folder = System.getenv().getOrDefault("SLUICE_LOG_DIR", "logs");
        Path file = Path.of(folder).toAbsolutePath().normalize().resolve("sluice.log");
        try {
            Files.createDirectories(file.getParent());
            if (Files.isWritable(file.getParent())) {
                System.setProperty(LogConfigurator.FILE, file.toString());
            }
        } catch (IOException e) {
            // The console has what matters; a worker must not fail for want of a log folder.
            System.clearProperty(LogConfigurator.FILE);
        }
        logToConsole(isVerbose);
    }

    /**
     * Chooses what the console shows of the log. Must come before the first log line.
     *
     * @param isVerbose whether that is more than warnings
     */
    public static void logToConsole(boolean isVerbose) {
        if (isVerbose) {
            System.setProperty(LogConfigurator.LEVEL, "info");
        }
    }

    /** Keeps the log off the console except for warnings, in one line each. Must come before the first log line. */
    static void logBriefly() {
        setDefault(LogConfigurator.TRACES, "false");
    }

    /** Opens the log from one thread: SLF4J would hold back and complain of lines that come from several at first. */
    public static void openLog() {
        LoggerFactory.getILoggerFactory();
    }

    /** Returns the log file, if there is one. */
    public static Optional<Path> logFile() {
        return Optional.ofNullable(System.getProperty(LogConfigurator.FILE)).map(Path::of);
    }

    /** HTTP is all that Vert.x does for a worker: one event loop, and few threads for what blocks. */
    static Vertx vertx() {
        return vertx(1);
    }

    /**
     * Starts as little of Vert.x as will do.
     *
     * @param eventLoopCount how many event loops there are
     */
    public static Vertx vertx(int eventLoopCount) {
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(eventLoopCount)
                .setWorkerPoolSize(4)
                .setInternalBlockingPoolSize(4)
                .setPreferNativeTransport(false));
    }

    /** The shipped plugins first: what the user's folders bring wins over them. */
    static List<Path> pluginPath(List<Path> configured) {
        List<Path> path = new ArrayList<>();
        home().map(home -> home.resolve("plugins")).filter(Files::isDirectory).ifPresent(path::add);
        path.addAll(configured);
        return path;
    }

    /** Where to remember what the user's plugin folders hold; null without an installation. */
    static @Nullable Path pluginIndex() {
        return home().map(home -> home.resolve("cache").resolve("plugin-path.index"))
                .orElse(null);
    }

    static Optional<Path> home() {
        return Optional.ofNullable(System.getProperty(HOME)).map(Path::of);
    }
}
