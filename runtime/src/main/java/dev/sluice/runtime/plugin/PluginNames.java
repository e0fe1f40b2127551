package dev.sluice.runtime.plugin;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.NearestName;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.plugin.Resolution.MatchedBy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All names of all plugins. Immutable.
 *
 * <p>A name is tried as a full class name, as an alias that a plugin declares, as the short form of a class, and as the
 * short form of an alias: what is really there goes before what only stands in for it. The short forms of {@code
 * a.b.FileStreamSourceConnector} are {@code FileStreamSourceConnector} and {@code FileStreamSource}; a nested class is
 * {@code Outer$Inner}. Where several classes share a name, it means none of them.
 */
final class PluginNames {
    private static final int SUGGESTION_COUNT_MAX = 3;

    private final List<InstalledPlugin> all;
    private final Map<String, List<InstalledPlugin>> byClass = new HashMap<>();
    private final Map<String, List<InstalledPlugin>> byAlias = new HashMap<>();
    private final Map<String, List<InstalledPlugin>> byShortClass = new HashMap<>();
    private final Map<String, List<InstalledPlugin>> byShortAlias = new HashMap<>();

    /** Takes plugins, of which no two have the same kind and class. */
    PluginNames(List<InstalledPlugin> plugins) {
        all = plugins.stream().sorted(PluginNames::compare).toList();
        all.forEach(this::add);
    }

    /** Sinks stand before sources, as in Kafka Connect's list. */
    private static int compare(InstalledPlugin left, InstalledPlugin right) {
        PluginKind leftKind = left.descriptor().kind();
        PluginKind rightKind = right.descriptor().kind();
        int order = Boolean.compare(rightKind == PluginKind.SINK, leftKind == PluginKind.SINK);
        order = order != 0 ? order : leftKind.compareTo(rightKind);
        return order != 0
                ? order
                : left.descriptor().className().compareTo(right.descriptor().className());
    }

    private void add(InstalledPlugin plugin) {
        PluginKind kind = plugin.descriptor().kind();
        put(byClass, Set.of(plugin.descriptor().className()), plugin);
        put(byShortClass, shortForms(plugin.descriptor().className(), kind), plugin);
        Set<String> aliases = new HashSet<>();
        Set<String> shortAliases = new HashSet<>();
        for (String alias : plugin.descriptor().aliases()) {
            if (alias.contains(".")) {
                aliases.add(alias);
                shortAliases.addAll(shortForms(alias, kind));
            } else {
                shortAliases.add(alias);
            }
        }
        put(byAlias, aliases, plugin);
        put(byShortAlias, shortAliases, plugin);
    }

    private static void put(Map<String, List<InstalledPlugin>> map, Set<String> names, InstalledPlugin plugin) {
        for (String name : names) {
            map.computeIfAbsent(name, any -> new ArrayList<>()).add(plugin);
        }
    }

    private static Set<String> shortForms(String className, PluginKind kind) {
        String simple = className.substring(className.lastIndexOf('.') + 1);
        String suffix = kind.classSuffix();
        boolean hasMore = simple.endsWith(suffix) && simple.length() > suffix.length();
        return hasMore ? Set.of(simple, simple.substring(0, simple.length() - suffix.length())) : Set.of(simple);
    }

    List<InstalledPlugin> all() {
        return all;
    }

    Resolution find(Set<PluginKind> kinds, String name) {
        String wanted = name.strip();
        List<InstalledPlugin> found = of(kinds, byClass, wanted);
        if (!found.isEmpty()) {
            return byClass(kinds, wanted, found.get(0));
        }
        found = of(kinds, byAlias, wanted);
        if (!found.isEmpty()) {
            return single(kinds, wanted, found, MatchedBy.ALIAS);
        }
        found = of(kinds, byShortClass, wanted);
        if (found.isEmpty()) {
            found = of(kinds, byShortAlias, wanted);
        }
        if (!found.isEmpty()) {
            return single(kinds, wanted, found, MatchedBy.SHORT_NAME);
        }
        throw unknown(kinds, wanted);
    }

    private static List<InstalledPlugin> of(
            Set<PluginKind> kinds, Map<String, List<InstalledPlugin>> map, String name) {
        return map.getOrDefault(name, List.of()).stream()
                .filter(plugin -> kinds.contains(plugin.descriptor().kind()))
                .toList();
    }

    private Resolution byClass(Set<PluginKind> kinds, String name, InstalledPlugin plugin) {
        String standIns = of(kinds, byAlias, name).stream()
                .filter(other -> !other.equals(plugin))
                .map(other -> other.descriptor().className())
                .collect(Collectors.joining(", "));
        String rest = standIns.isEmpty() ? "" : ", which goes before " + standIns + " that answers to this name too";
        return new Resolution(plugin, MatchedBy.CLASS, name + " is " + plugin + rest + ".");
    }

    private static Resolution single(
            Set<PluginKind> kinds, String name, List<InstalledPlugin> found, MatchedBy matchedBy) {
        if (found.size() > 1) {
            String candidates = found.stream().map(InstalledPlugin::toString).collect(Collectors.joining(", "));
            throw new ConfigException("Cannot tell which %s %s is: the name fits %s. Give the full class name."
                    .formatted(KindWords.of(kinds), name, candidates));
        }
        InstalledPlugin plugin = found.get(0);
        String how = matchedBy == MatchedBy.ALIAS ? "an alias" : "the short name";
        return new Resolution(plugin, matchedBy, name + " is " + how + " of " + plugin + ".");
    }

    private ConfigException unknown(Set<PluginKind> kinds, String name) {
        String other = otherKinds(name);
        if (!other.isEmpty()) {
            return new ConfigException("Cannot use %s as %s: it is a %s.".formatted(name, KindWords.of(kinds), other)
                    + suggestions(kinds, name));
        }
        return new ConfigException("Cannot find %s %s: no plugin in the plugin path has this class name or alias.%s"
                        .formatted(KindWords.of(kinds), name, suggestions(kinds, name))
                + " Add its folder to plugin.path, or look at GET /connector-plugins for what is there.");
    }

    private String otherKinds(String name) {
        Set<InstalledPlugin> found = new LinkedHashSet<>();
        for (Map<String, List<InstalledPlugin>> map : List.of(byClass, byAlias, byShortClass, byShortAlias)) {
            found.addAll(map.getOrDefault(name, List.of()));
        }
        return found.stream()
                .map(plugin -> KindWords.of(plugin.descriptor().kind()))
                .distinct()
                .collect(Collectors.joining(" and a "));
    }

    /** Names the nearest few plugins, each by the nearest of its names. */
    private String suggestions(Set<PluginKind> kinds, String name) {
        Map<String, InstalledPlugin> known = new HashMap<>();
        for (Map<String, List<InstalledPlugin>> map : List.of(byShortAlias, byShortClass, byAlias, byClass)) {
            for (String each : map.keySet()) {
                of(kinds, map, each).forEach(plugin -> known.put(each, plugin));
            }
        }
        Set<String> candidates =
                new LinkedHashSet<>(NearestName.among(name, new TreeSet<>(known.keySet()), known.size()));
        String simple = name.substring(name.lastIndexOf('.') + 1);
        candidates.addAll(NearestName.among(simple, new TreeSet<>(known.keySet()), known.size()));
        Set<InstalledPlugin> seen = new HashSet<>();
        String nearest = candidates.stream()
                .filter(candidate -> seen.add(known.get(candidate)))
                .limit(SUGGESTION_COUNT_MAX)
                .collect(Collectors.joining(", "));
        return nearest.isEmpty() ? "" : " Did you mean " + nearest + "?";
    }
}
