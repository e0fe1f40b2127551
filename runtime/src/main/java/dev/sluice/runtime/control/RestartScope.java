package dev.sluice.runtime.control;

/**
 * What a restart covers.
 *
 * @param includeTasks whether the tasks are restarted too
 * @param onlyFailed whether what has not failed is left alone
 */
public record RestartScope(boolean includeTasks, boolean onlyFailed) {}
