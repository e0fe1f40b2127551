package dev.sluice.runtime.validate;

import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Finds the names that nobody knows, with the nearest that somebody does. Pure. */
final class UnknownNames {
    private final List<ConfigSpec> specs;
    private final Set<String> closed;

    /**
     * Takes who may know a name.
     *
     * @param closed prefixes under which all names are known, so that an open prefix says nothing about them
     */
    UnknownNames(List<ConfigSpec> specs, Set<String> closed) {
        this.specs = specs;
        this.closed = closed;
    }

    /** Returns a warning for each name that nobody knows. */
    List<ConfigProblem> among(Collection<String> given) {
        List<ConfigProblem> warnings = new ArrayList<>();
        for (String name : given) {
            if (specs.stream().noneMatch(spec -> knows(spec, name))) {
                warnings.add(unknown(name));
            }
        }
        return warnings;
    }

    private boolean knows(ConfigSpec spec, String name) {
        return spec.key(name).isPresent()
                || spec.removedKeys().containsKey(name)
                || spec.openPrefixes().stream().anyMatch(prefix -> isOpen(prefix) && name.startsWith(prefix));
    }

    private boolean isOpen(String prefix) {
        return !prefix.isEmpty() && !closed.contains(prefix);
    }

    private ConfigProblem unknown(String name) {
        String prefix = closed.stream().filter(name::startsWith).findFirst().orElse("");
        List<String> known = specs.stream()
                .flatMap(spec -> spec.keys().stream())
                .map(ConfigKey::name)
                .filter(other -> other.startsWith(prefix))
                .map(other -> other.substring(prefix.length()))
                .toList();
        String fix = NearestName.of(name.substring(prefix.length()), known)
                .map(near -> "Did you mean " + prefix + near + "?")
                .orElse(null);
        return ConfigProblem.warning(name, "Setting " + name + " is not known and has no effect.", fix);
    }
}
