package dev.sluice.runtime.validate;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.plugin.Plugin;
import dev.sluice.runtime.plugin.ConnectorPlugins.Embedded;
import dev.sluice.runtime.plugin.InstalledPlugin;
import dev.sluice.runtime.plugin.VersionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares the versions that settings ask for with those that are installed. Pure. */
final class VersionPins {
    private static final String PIN = "plugin.version";

    private VersionPins() {}

    /** Returns what is asked for and not installed. */
    static List<ConfigProblem> problems(Subject subject) {
        List<ConfigProblem> problems = new ArrayList<>();
        InstalledPlugin connector = subject.connector().plugin();
        add(problems, "connector." + PIN, subject.texts().get("connector." + PIN), connector);
        for (Embedded part : subject.plugins().embedded()) {
            String key = part.prefix() + PIN;
            part.plugin().ifPresent(plugin -> add(problems, key, subject.texts().get(key), plugin));
        }
        return problems;
    }

    private static void add(List<ConfigProblem> problems, String key, @Nullable String wanted, InstalledPlugin plugin) {
        if (wanted != null && VersionRange.CHECK.accepts(wanted)) {
            refusal(plugin, wanted)
                    .ifPresent(why -> problems.add(ConfigProblem.error(
                            key,
                            "Cannot use " + key + "=" + wanted + ": " + why,
                            "Install one of these, or ask for another one.")));
        }
    }

    /** Throws if a plugin is not installed in a version that is asked for. */
    static void require(InstalledPlugin plugin, @Nullable String wanted) {
        if (wanted == null) {
            return;
        }
        if (!VersionRange.CHECK.accepts(wanted)) {
            throw new ConfigException(
                    "Cannot use version " + wanted + ": it must be " + VersionRange.CHECK.words() + ".");
        }
        refusal(plugin, wanted).ifPresent(why -> {
            throw new ConfigException("Cannot find version " + wanted + ": " + why);
        });
    }

    private static Optional<String> refusal(InstalledPlugin plugin, String wanted) {
        String version = plugin.descriptor().version();
        if (VersionRange.parse(wanted).accepts(version)) {
            return Optional.empty();
        }
        String installed = version.equals(Plugin.UNKNOWN_VERSION) ? "without a version" : "in version " + version;
        return Optional.of(plugin.descriptor().className() + " is installed " + installed + ".");
    }
}
