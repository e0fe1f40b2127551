package dev.sluice.runtime.plugin;

import dev.sluice.api.plugin.PluginDescriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a location offers.
 *
 * @param location where
 * @param bridge the class of the bridge that runs its plugins, null if they are of our own API
 * @param descriptors its plugins; may be empty
 */
record Contents(Location location, @Nullable String bridge, List<PluginDescriptor> descriptors) {
    Contents {
        descriptors = List.copyOf(descriptors);
    }

    /** Returns whether the location names no plugin of our API, so that only a bridge may know what it is. */
    boolean isForeign() {
        return bridge != null || descriptors.isEmpty();
    }
}
