package dev.sluice.runtime.store;

import org.jspecify.annotations.Nullable;

/**
 * What a connector is wanted to do, as the config topic holds it.
 *
 * @param state what it is wanted to do
 * @param reason why the worker itself decided so, in a sentence; null where a user did
 */
public record StoredTarget(TargetState state, @Nullable String reason) {
    /** A connector of which nothing else is known runs. */
    public static final StoredTarget STARTED = new StoredTarget(TargetState.STARTED, null);

    /** Returns what a user wants. */
    public static StoredTarget of(TargetState state) {
        return new StoredTarget(state, null);
    }
}
