package dev.sluice.runtime.rest;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hides secrets in settings that are shown. Any thread; returns at once. */
public interface SecretMask {
    /** Returns a connector's settings without secrets. */
    Map<String, String> mask(Map<String, String> config);

    /**
     * Returns a task's settings without secrets.
     *
     * @param connector the settings of its connector
     */
    Map<String, String> maskTask(Map<String, String> connector, Map<String, String> task);

    /** Returns given settings with stored secrets in place of masks, as far as they fit. */
    Map<String, @Nullable String> unmask(Map<String, @Nullable String> given, Map<String, String> stored);
}
