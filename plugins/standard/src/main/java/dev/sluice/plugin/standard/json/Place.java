package dev.sluice.plugin.standard.json;

/**
 * Where in a schema a writer or reader stands, for messages; known when it is built, so it never holds record contents.
 *
 * @param path field names joined by dots, {@code []} for items, {@code {}} for map values, {@code {key}} for map keys
 */
record Place(String path) {
    static final Place ROOT = new Place("");

    Place field(String name) {
        return new Place(path.isEmpty() ? name : path + "." + name);
    }

    Place part(String suffix) {
        return new Place(path + suffix);
    }

    @Override
    public String toString() {
        return path.isEmpty() ? "the value" : "field '" + path + "'";
    }
}
