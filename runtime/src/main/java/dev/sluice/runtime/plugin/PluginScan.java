package dev.sluice.runtime.plugin;

import dev.sluice.api.plugin.PluginBridge;
import dev.sluice.api.plugin.PluginDescriptor;
import dev.sluice.api.plugin.PluginKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * One walk through the plugin path. Used once, by one thread.
 *
 * <p>First every location is looked up in the indexes or read from its jars; then the bridges found on the way are asked
 * about the locations that name no plugin of ours.
 */
final class PluginScan {
    /** What a scan found. */
    record Result(Map<Path, Contents> contents, PluginNames names, List<PluginProblem> problems) {}

    /** Stands for bridges whose files may change unnoticed, because they are no jars. */
    private static final long BRIDGES_UNSTABLE = -1;

    private final PluginFactory factory;
    private final List<PluginProblem> problems = new ArrayList<>();
    private final Map<Path, IndexEntry> shipped = new HashMap<>();
    private final Map<Path, IndexEntry> known = new HashMap<>();
    private final Map<Path, Contents> contents = new LinkedHashMap<>();
    private final Set<Path> flawed = new LinkedHashSet<>();

    PluginScan(PluginFactory factory) {
        this.factory = factory;
    }

    Result run(List<Path> pluginPath, @Nullable Path indexFile) {
        Set<Path> entries = new LinkedHashSet<>();
        pluginPath.forEach(entry -> entries.add(entry.toAbsolutePath().normalize()));
        readIndexes(entries, indexFile);
        entries.forEach(this::readEntry);
        List<InstalledPlugin> bridges = bridges();
        long bridgesCrc = bridgesCrc(bridges);
        contents.replaceAll(
                (path, found) -> found.isForeign() ? foreign(found.location(), bridges, bridgesCrc) : found);
        reportEmpty();
        PluginNames names = new PluginNames(NewestPlugins.of(contents.values(), problems));
        if (indexFile != null) {
            remember(indexFile, bridgesCrc);
        }
        return new Result(Map.copyOf(contents), names, List.copyOf(problems));
    }

    private void readIndexes(Set<Path> entries, @Nullable Path indexFile) {
        for (Path entry : entries) {
            shipped.putAll(PluginIndex.read(entry.resolve(PluginIndexer.INDEX_NAME)));
        }
        known.putAll(shipped);
        if (indexFile != null) {
            known.putAll(PluginIndex.read(indexFile));
        }
    }

    private void readEntry(Path entry) {
        PluginPath path = new PluginPath(problems);
        for (Path child : path.children(entry)) {
            int problemsBefore = problems.size();
            Location location = path.location(child);
            if (location != null) {
                contents.put(child, own(location));
            }
            if (problems.size() > problemsBefore) {
                flawed.add(child);
            }
        }
    }

    private Contents own(Location location) {
        IndexEntry entry = fitting(location);
        if (entry == null) {
            return new Contents(location, null, LocationReader.read(location, problems));
        }
        return entry.contents().isForeign() ? new Contents(location, null, List.of()) : entry.contents();
    }

    private @Nullable IndexEntry fitting(Location location) {
        IndexEntry entry = known.get(location.path());
        return entry != null && entry.fits(location) && !location.isClassFolder() ? entry : null;
    }

    private List<InstalledPlugin> bridges() {
        List<InstalledPlugin> bridges = new ArrayList<>();
        for (InstalledPlugin plugin : NewestPlugins.of(contents.values(), new ArrayList<>())) {
            if (plugin.descriptor().kind() == PluginKind.BRIDGE) {
                bridges.add(plugin);
            }
        }
        return bridges;
    }

    /** Returns a checksum of the bridges' jars that does not depend on where they are. */
    private long bridgesCrc(List<InstalledPlugin> bridges) {
        CRC32 crc = new CRC32();
        for (InstalledPlugin bridge : bridges) {
            Location location = locationOf(bridge);
            if (location.isClassFolder()) {
                return BRIDGES_UNSTABLE;
            }
            crc.update((bridge.descriptor().className() + location.jars()).getBytes(StandardCharsets.UTF_8));
        }
        return crc.getValue();
    }

    private Location locationOf(InstalledPlugin plugin) {
        Contents found = contents.get(plugin.location());
        if (found == null) {
            throw new IllegalStateException("no contents for " + plugin);
        }
        return found.location();
    }

    private Contents foreign(Location location, List<InstalledPlugin> bridges, long bridgesCrc) {
        IndexEntry entry = fitting(location);
        if (entry != null && entry.fits(bridgesCrc) && bridgesCrc != BRIDGES_UNSTABLE) {
            return entry.contents();
        }
        for (InstalledPlugin bridge : bridges) {
            List<PluginDescriptor> descriptors = ask(bridge, location);
            if (!descriptors.isEmpty()) {
                return new Contents(location, bridge.descriptor().className(), descriptors);
            }
        }
        return new Contents(location, null, List.of());
    }

    private List<PluginDescriptor> ask(InstalledPlugin bridge, Location location) {
        try {
            LoadedPlugin<PluginBridge> loaded = factory.bridge(locationOf(bridge), bridge.descriptor());
            PluginContext context = loaded.enter();
            try (context) {
                boolean isKnown = loaded.plugin().recognises(location.path());
                return isKnown ? loaded.plugin().list(location.path()) : List.of();
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            flawed.add(location.path());
            problems.add(PluginProblem.broken(
                    location.path(),
                    "Cannot list the plugins of %s: bridge %s failed with %s. Remove the folder or repair it."
                            .formatted(location.path(), bridge, e)));
            return List.of();
        }
    }

    private void reportEmpty() {
        for (Contents found : contents.values()) {
            Path path = found.location().path();
            if (found.descriptors().isEmpty() && !flawed.contains(path)) {
                problems.add(PluginProblem.note(
                        path,
                        "Nothing to offer in " + path + ": no service file of a plugin and no bridge that knows it. "
                                + "If it is an archive of jars, unpack it into a folder."));
            }
        }
    }

    private void remember(Path indexFile, long bridgesCrc) {
        List<IndexEntry> entries = new ArrayList<>();
        for (Contents found : contents.values()) {
            Path path = found.location().path();
            boolean isStable = !found.location().isClassFolder() && !flawed.contains(path);
            if (isStable && !isShipped(found, bridgesCrc)) {
                entries.add(new IndexEntry(found, found.isForeign() ? bridgesCrc : 0));
            }
        }
        PluginIndex.write(indexFile, entries);
    }

    /** Returns whether a shipped index tells this already. */
    private boolean isShipped(Contents found, long bridgesCrc) {
        IndexEntry entry = shipped.get(found.location().path());
        return entry != null && entry.fits(found.location()) && entry.fits(bridgesCrc);
    }
}
