package dev.sluice.connector.jdbc.connection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which driver to use, and where it lies.
 *
 * @param className the driver's class, or null to ask the drivers that announce themselves
 * @param path jar files or folders of them; empty for the plugin's own folder
 */
public record DriverPlace(@Nullable String className, List<String> path) {
    /** Copies the list in. */
    public DriverPlace {
        path = List.copyOf(path);
    }
}
