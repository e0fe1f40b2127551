package dev.sluice.api.plugin;

import dev.sluice.api.config.ConfigSpec;

/**
 * Anything that a plugin folder brings: connectors, converters, transformations, predicates.
 *
 * <p>Every plugin class has a public constructor without arguments that does nothing slow and fails on nothing.
 */
public interface Plugin extends AutoCloseable {
    /** The version of a plugin that names none. */
    String UNKNOWN_VERSION = "undefined";

    /** Returns the settings that the plugin understands; the same answer every time, on any thread. */
    ConfigSpec configSpec();

    /**
     * Returns the plugin's version for people; by default the {@code Implementation-Version} of its jar's manifest, or
     * {@value #UNKNOWN_VERSION}.
     */
    default String version() {
        String version = getClass().getPackage().getImplementationVersion();
        return version == null ? UNKNOWN_VERSION : version;
    }

    /** Lets go of what the plugin holds. */
    @Override
    default void close() {}
}
