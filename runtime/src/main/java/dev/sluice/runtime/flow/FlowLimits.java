package dev.sluice.runtime.flow;

/**
 * From when on something takes too long; all in milliseconds.
 *
 * @param stalledAfterMillis work without progress ({@code flow.stalled.after.ms})
 * @param callMillis a plugin call ({@code task.call.timeout.ms})
 * @param unconfirmedAfterMillis records that a sink took and does not confirm ({@code flow.unconfirmed.after.ms})
 */
public record FlowLimits(long stalledAfterMillis, long callMillis, long unconfirmedAfterMillis) {}
