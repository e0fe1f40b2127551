package dev.sluice.runtime.control;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All connectors of the plan.
 *
 * @param entries by name, sorted
 * @param lastRun the number of the newest run; each start of a connector or task gets the next one
 */
record ClusterState(Map<String, Entry> entries, long lastRun) {
    static final ClusterState EMPTY = new ClusterState(Map.of(), 0);

    ClusterState {
        entries = Collections.unmodifiableMap(new TreeMap<>(entries));
    }

    Optional<Entry> entry(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** Returns the names of the connectors that are not what they were before, or not there any more. */
    @SuppressWarnings("ReferenceEquality") // An entry that did not change is the same object.
    List<String> changedSince(ClusterState before) {
        List<String> names = new ArrayList<>();
        entries.forEach((name, entry) -> {
            if (before.entries.get(name) != entry) {
                names.add(name);
            }
        });
        before.entries.keySet().stream()
                .filter(name -> !entries.containsKey(name))
                .forEach(names::add);
        return names;
    }

    ClusterState with(Entry entry) {
        Map<String, Entry> changed = new TreeMap<>(entries);
        changed.put(entry.name(), entry);
        return new ClusterState(changed, lastRun);
    }

    ClusterState withRuns(int count) {
        return new ClusterState(entries, lastRun + count);
    }

    ClusterState without(String name) {
        Map<String, Entry> changed = new TreeMap<>(entries);
        changed.remove(name);
        return new ClusterState(changed, lastRun);
    }
}
