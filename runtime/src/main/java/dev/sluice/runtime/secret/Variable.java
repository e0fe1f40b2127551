package dev.sluice.runtime.secret;

/**
 * Stands in a setting for a value that a config provider has.
 *
 * @param provider the alias under which the worker knows the provider
 * @param path where the provider looks, such as a file; empty if none is given
 * @param key what it looks up there
 */
public record Variable(String provider, String path, String key) {
    /** Returns the variable as it stands in a setting. */
    public String text() {
        return path.isEmpty() ? "${" + provider + ":" + key + "}" : "${" + provider + ":" + path + ":" + key + "}";
    }

    /** Returns what {@link #text} returns. */
    @Override
    public String toString() {
        return text();
    }
}
