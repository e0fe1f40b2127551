package dev.sluice.runtime.plugin;

import dev.sluice.api.plugin.PluginKind;
import java.util.Set;

/** Names kinds of plugins in sentences. */
final class KindWords {
    private KindWords() {}

    static String of(PluginKind kind) {
        return switch (kind) {
            case SOURCE -> "source connector";
            case SINK -> "sink connector";
            case CONVERTER -> "converter";
            case HEADER_CONVERTER -> "header converter";
            case TRANSFORMATION -> "transformation";
            case PREDICATE -> "predicate";
            case CONFIG_PROVIDER -> "config provider";
            case BRIDGE -> "bridge";
        };
    }

    /** Names what was asked for; both kinds of connector together are a connector. */
    static String of(Set<PluginKind> kinds) {
        return kinds.size() == 1 ? of(kinds.iterator().next()) : "connector";
    }
}
