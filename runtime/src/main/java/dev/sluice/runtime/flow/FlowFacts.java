package dev.sluice.runtime.flow;

import org.jspecify.annotations.Nullable;

/**
 * All that is known of a connector or task at one moment.
 *
 * @param life what is planned for it
 * @param trouble why it failed or is paused, or null
 * @param activity what its thread does, or null where it has none
 * @param work what waits to be done
 * @param moves when something last moved
 * @param limits from when on something takes too long
 */
record FlowFacts(
        Life life, @Nullable Trouble trouble, @Nullable Activity activity, Work work, Moves moves, FlowLimits limits) {}
