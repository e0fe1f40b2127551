package dev.sluice.runtime.plugin;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the locations of a plugin path and the jars of each. Follows symbolic links; leaves hidden files alone. */
final class PluginPath {
    /** How deep below a location jars are looked for. */
    static final int DEPTH_MAX = 8;

    /** How many files of a location are looked at: more than that is no plugin folder. */
    static final int FILE_COUNT_MAX = 20_000;

    private final List<PluginProblem> problems;

    PluginPath(List<PluginProblem> problems) {
        this.problems = problems;
    }

    /** Returns the children of an entry that may be locations, by name; the entry itself if it is a jar. */
    Iterable<Path> children(Path entry) {
        if (!Files.exists(entry)) {
            problems.add(
                    PluginProblem.broken(
                            entry,
                            "Cannot read " + entry
                                    + " of the plugin path: there is no such file or folder. Correct plugin.path or create it."));
            return List.of();
        }
        if (isArchive(entry)) {
            return List.of(entry);
        }
        TreeSet<Path> children = new TreeSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(entry, PluginPath::mayBeLocation)) {
            all.forEach(children::add);
        } catch (IOException e) {
            problems.add(PluginProblem.broken(
                    entry,
                    "Cannot read " + entry + " of the plugin path: " + e + ". Make it a folder that may be read."));
        }
        return children;
    }

    private static boolean mayBeLocation(Path child) {
        return !isHidden(child) && (isArchive(child) || Files.isDirectory(child));
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    private static boolean isArchive(Path path) {
        String name =
                path.getFileName() == null ? "" : path.getFileName().toString().toLowerCase(Locale.ROOT);
        return (name.endsWith(".jar") || name.endsWith(".zip")) && !Files.isDirectory(path);
    }

    /** Returns a child's class path, null if it is a jar that cannot be read. */
    @Nullable
    Location location(Path child) {
        Location location = new Location(child, stamps(child));
        return location.isClassFolder() && isArchive(child) ? null : location;
    }

    private List<JarStamp> stamps(Path location) {
        List<JarStamp> stamps = new ArrayList<>();
        for (Path jar : isArchive(location) ? List.of(location) : jars(location)) {
            try {
                stamps.add(JarStamp.of(location, jar));
            } catch (IOException e) {
                problems.add(PluginProblem.broken(jar, unreadable(jar, e)));
            }
        }
        return stamps;
    }

    private static String unreadable(Path path, IOException failure) {
        return "Cannot read " + path + ": " + failure + ". Make it readable or remove it.";
    }

    private Iterable<Path> jars(Path folder) {
        JarCollector collector = new JarCollector();
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEPTH_MAX, collector);
        } catch (IOException e) {
            problems.add(PluginProblem.broken(folder, unreadable(folder, e)));
        }
        if (collector.fileCount > FILE_COUNT_MAX) {
            problems.add(PluginProblem.broken(
                    folder,
                    "Cannot look through " + folder + ": it holds more than " + FILE_COUNT_MAX
                            + " files. Name a folder of plugins in plugin.path, not one above."));
            return List.of();
        }
        return collector.jars;
    }

    /** Gathers jars, and goes on where a part of the folder cannot be read. */
    private final class JarCollector extends SimpleFileVisitor<Path> {
        private final TreeSet<Path> jars = new TreeSet<>();
        private int fileCount;

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !isHidden(file) && isArchive(file)) {
                jars.add(file);
            }
            return ++fileCount > FILE_COUNT_MAX ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            // A link back to a folder above adds nothing that was not seen there.
            if (!(failure instanceof FileSystemLoopException)) {
                problems.add(PluginProblem.broken(file, unreadable(file, failure)));
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
