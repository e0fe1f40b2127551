package dev.sluice.runtime.task;

/**
 * What a task waits for at one moment.
 *
 * @param on what it is
 * @param sinceMillis since when, in milliseconds since 1970-01-01T00:00Z
 * @param attempt how often was tried what is tried again; 0 where nothing is
 * @param nextMillis when it is tried again, as {@code sinceMillis}; 0 where nothing is
 */
public record WaitState(Waiting on, long sinceMillis, int attempt, long nextMillis) {}
