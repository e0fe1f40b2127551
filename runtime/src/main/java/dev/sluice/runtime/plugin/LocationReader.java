package dev.sluice.runtime.plugin;

import dev.sluice.api.plugin.Plugin;
import dev.sluice.api.plugin.PluginDescriptor;
import dev.sluice.api.plugin.PluginKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what one location offers from its service and alias files; loads no class. Used once, by the thread that scans.
 *
 * <p>A jar that cannot be read is a problem of its own; the other jars of the location are read all the same.
 */
final class LocationReader {
    private static final Logger LOG = LoggerFactory.getLogger(LocationReader.class);
    private static final String SERVICES = "META-INF/services/";
    private static final String ALIASES = "META-INF/sluice/aliases.properties";

    private final Location location;
    private final List<PluginProblem> problems;
    private final List<ClassSource> sources = new ArrayList<>();
    private final Map<PluginKind, Set<String>> named = new LinkedHashMap<>();
    private final Map<String, Set<String>> aliases = new HashMap<>();
    private final Map<ClassSource, String> versions = new HashMap<>();

    private LocationReader(Location location, List<PluginProblem> problems) {
        this.location = location;
        this.problems = problems;
    }

    /** Returns the plugins of our API that the location names, and adds what is wrong with it to the problems. */
    static List<PluginDescriptor> read(Location location, List<PluginProblem> problems) {
        LocationReader reader = new LocationReader(location, problems);
        try {
            location.classPath().forEach(reader::open);
            List<PluginDescriptor> descriptors = reader.describe();
            reader.reportLooseAliases();
            return descriptors;
        } finally {
            reader.sources.forEach(LocationReader::close);
        }
    }

    private void open(Path path) {
        try {
            ClassSource source = ClassSource.open(path);
            sources.add(source);
            readNames(source);
        } catch (IOException | IllegalArgumentException e) {
            problems.add(PluginProblem.broken(
                    path,
                    "Cannot read " + path + ": " + e.getMessage() + ". Copy the file again; until then the plugins of "
                            + location.path() + " run without it, if they can."));
        }
    }

    private void readNames(ClassSource source) throws IOException {
        String version = source.version();
        versions.put(source, version == null ? Plugin.UNKNOWN_VERSION : version);
        for (PluginKind kind : PluginKind.values()) {
            String services = text(source, SERVICES + kind.type().getName());
            services.lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .forEach(name ->
                            named.computeIfAbsent(kind, any -> new TreeSet<>()).add(name));
        }
        Properties pairs = new Properties();
        try (Reader content = reader(source, ALIASES)) {
            pairs.load(content);
        }
        pairs.forEach((alias, name) -> aliases.computeIfAbsent(name.toString().strip(), any -> new TreeSet<>())
                .add(alias.toString()));
    }

    private static String text(ClassSource source, String name) throws IOException {
        return new String(source.read(name), StandardCharsets.UTF_8);
    }

    private static Reader reader(ClassSource source, String name) throws IOException {
        return new InputStreamReader(new ByteArrayInputStream(source.read(name)), StandardCharsets.UTF_8);
    }

    private List<PluginDescriptor> describe() {
        List<PluginDescriptor> descriptors = new ArrayList<>();
        named.forEach((kind, names) -> {
            for (String name : names) {
                String file = name.replace('.', '/') + ".class";
                sources.stream()
                        .filter(source -> source.has(file))
                        .findFirst()
                        .ifPresentOrElse(
                                source -> descriptors.add(descriptor(kind, name, source)),
                                () -> problems.add(missingClass(kind, name)));
            }
        });
        return descriptors;
    }

    private PluginDescriptor descriptor(PluginKind kind, String name, ClassSource source) {
        String version = versions.getOrDefault(source, Plugin.UNKNOWN_VERSION);
        return new PluginDescriptor(kind, name, version, aliases.getOrDefault(name, Set.of()));
    }

    private PluginProblem missingClass(PluginKind kind, String name) {
        return PluginProblem.broken(
                location.path(),
                "Cannot offer %s %s: the service file %s%s of %s names it, but no jar there holds the class. Correct the service file or add the jar."
                        .formatted(
                                KindWords.of(kind), name, SERVICES, kind.type().getName(), location.path()));
    }

    private void reportLooseAliases() {
        aliases.forEach((name, names) -> {
            if (named.values().stream().noneMatch(classes -> classes.contains(name))) {
                problems.add(PluginProblem.broken(
                        location.path(),
                        "Cannot use alias %s of %s: no service file there names its class %s. Correct the alias file."
                                .formatted(String.join(", ", names), location.path(), name)));
            }
        });
    }

    private static void close(ClassSource source) {
        try {
            source.close();
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("path", source.path()).setCause(e).log("jar does not close");
        }
    }
}
