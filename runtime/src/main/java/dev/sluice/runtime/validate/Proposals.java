package dev.sluice.runtime.validate;

import dev.sluice.api.plugin.PluginDescriptor;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.plugin.InstalledPlugin;
import dev.sluice.runtime.plugin.Plugins;
import java.util.List;

/** Proposes installed plugins for the settings that name one. Pure. */
final class Proposals {
    private final Plugins plugins;

    Proposals(Plugins plugins) {
        this.plugins = plugins;
    }

    /** Returns class names for a setting of the framework; empty for all other settings. */
    List<String> of(String name) {
        return switch (name) {
            case "key.converter", "value.converter" -> classes(PluginKind.CONVERTER);
            case "header.converter" -> classes(PluginKind.HEADER_CONVERTER);
            default -> step(name);
        };
    }

    private List<String> step(String name) {
        if (name.startsWith("transforms.") && name.endsWith(".type")) {
            return classes(PluginKind.TRANSFORMATION);
        }
        return name.startsWith("predicates.") && name.endsWith(".type") ? classes(PluginKind.PREDICATE) : List.of();
    }

    private List<String> classes(PluginKind kind) {
        return plugins.list().stream()
                .map(InstalledPlugin::descriptor)
                .filter(descriptor -> descriptor.kind() == kind)
                .map(PluginDescriptor::className)
                .toList();
    }
}
