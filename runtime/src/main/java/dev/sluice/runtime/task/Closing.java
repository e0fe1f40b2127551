package dev.sluice.runtime.task;

import dev.sluice.api.plugin.Plugin;
import dev.sluice.runtime.plugin.LoadedPlugin;
import dev.sluice.runtime.plugin.PluginContext;
import org.jspecify.annotations.Nullable;

/** Closes plugins one after the other, also where one fails. Task thread. */
final class Closing {
    private @Nullable RuntimeException first;

    @SuppressWarnings("try") // The context is entered for its effect on the thread.
    void close(@Nullable LoadedPlugin<? extends Plugin> plugin) {
        if (plugin == null) {
            return;
        }
        try (PluginContext context = plugin.enter()) {
            plugin.plugin().close();
        } catch (RuntimeException failed) {
            if (first == null) {
                first = failed;
            } else {
                first.addSuppressed(failed);
            }
        }
    }

    /** Throws the first failure, the others with it. */
    void throwFirst() {
        if (first != null) {
            throw first;
        }
    }
}
