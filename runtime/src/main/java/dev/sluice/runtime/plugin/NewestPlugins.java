package dev.sluice.runtime.plugin;

import dev.sluice.api.plugin.PluginDescriptor;
import dev.sluice.api.plugin.PluginKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Picks one of several places that bring the same class: the newest version, and of equal ones the later place. */
final class NewestPlugins {
    private NewestPlugins() {}

    /** Returns one plugin for each kind and class, and adds a note about each choice to the problems. */
    static List<InstalledPlugin> of(Collection<Contents> contents, List<PluginProblem> problems) {
        Map<PluginKind, Map<String, InstalledPlugin>> newest = new EnumMap<>(PluginKind.class);
        for (Contents found : contents) {
            for (PluginDescriptor descriptor : found.descriptors()) {
                InstalledPlugin plugin =
                        new InstalledPlugin(descriptor, found.location().path());
                newest.computeIfAbsent(descriptor.kind(), kind -> new LinkedHashMap<>())
                        .merge(descriptor.className(), plugin, (earlier, later) -> choose(earlier, later, problems));
            }
        }
        List<InstalledPlugin> plugins = new ArrayList<>();
        newest.values().forEach(ofKind -> plugins.addAll(ofKind.values()));
        return plugins;
    }

    private static InstalledPlugin choose(
            InstalledPlugin earlier, InstalledPlugin later, List<PluginProblem> problems) {
        int order = VersionOrder.OLDEST_FIRST.compare(
                earlier.descriptor().version(), later.descriptor().version());
        InstalledPlugin taken = order > 0 ? earlier : later;
        InstalledPlugin left = order > 0 ? later : earlier;
        problems.add(PluginProblem.note(
                left.location(),
                "Uses %s, not %s: %s."
                        .formatted(taken, left, order == 0 ? "later in the plugin path" : "the newer version")));
        return taken;
    }
}
