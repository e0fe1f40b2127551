package dev.sluice.plugin.standard.provider;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.Importance;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * The files and folders that a provider may read. Connector settings name paths, so without a limit whoever may set up a
 * connector may read what the worker may read.
 *
 * @param roots absolute and normalised; empty to allow everything
 */
record AllowedPaths(List<Path> roots) {
    static final AllowedPaths ALL = new AllowedPaths(List.of());

    static final ConfigKey<List<String>> KEY = ConfigKey.list("allowed.paths")
            .defaultsTo(List.of())
            .check(Check.each(Check.of("an absolute path that exists", AllowedPaths::isUsable)))
            .doc("Files and folders, as absolute paths, of which this provider may read; what is below a folder is"
                    + " allowed too. If the list is empty, everything that the worker may read is allowed.")
            .importance(Importance.LOW);

    AllowedPaths {
        roots = List.copyOf(roots);
    }

    static AllowedPaths of(Config config) {
        return new AllowedPaths(
                config.get(KEY).stream().map(Path::of).map(Path::normalize).toList());
    }

    private static boolean isUsable(String text) {
        try {
            Path path = Path.of(text);
            return path.isAbsolute() && Files.exists(path);
        } catch (InvalidPathException invalid) {
            return false;
        }
    }

    /**
     * Returns the path that a setting names.
     *
     * @throws ConfigException if it is none, or is not allowed
     */
    Path require(String text) {
        Path path = parse(text);
        if (roots.isEmpty() || roots.stream().anyMatch(path::startsWith)) {
            return path;
        }
        throw new ConfigException("Cannot read " + path + " for a setting: it lies outside of allowed.paths " + roots
                + ". Put the file below one of them, or add its folder to allowed.paths of the config provider.");
    }

    private static Path parse(String text) {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException invalid) {
            throw new ConfigException(
                    "Cannot read '" + text + "' for a setting: it is not a path. Correct the path in the setting.",
                    invalid);
        }
    }
}
