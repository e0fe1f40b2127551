package dev.sluice.connector.elasticsearch.document;

import java.util.Set;

/**
 * Fields that are left out, seen from one level of a document.
 *
 * @param paths all of them, with dots between the levels
 * @param prefix the path of the level, with its last dot; empty outside
 */
record Omitted(Set<String> paths, String prefix) {
    static final Omitted NONE = new Omitted(Set.of(), "");

    Omitted {
        paths = Set.copyOf(paths);
    }

    boolean has(String name) {
        return !paths.isEmpty() && paths.contains(prefix + name);
    }

    /** Returns the view from within a field. */
    Omitted in(String name) {
        return paths.isEmpty() ? this : new Omitted(paths, prefix + name + ".");
    }
}
