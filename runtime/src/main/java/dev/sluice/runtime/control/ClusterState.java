package dev.sluice.runtime.control;

import java.util.Collections;
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
