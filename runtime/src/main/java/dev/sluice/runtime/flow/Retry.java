package dev.sluice.runtime.flow;

/**
 * What is tried again.
 *
 * @param what it, in a word or two, such as {@code put} or {@code the start}
 * @param attempt the attempt that comes next, or is under way, from 1
 * @param attemptsMax after how many attempts it is given up; 0 where time decides, or nothing
 * @param nextMillis when it begins, in milliseconds since 1970-01-01T00:00Z; 0 where that is not known
 */
public record Retry(String what, int attempt, int attemptsMax, long nextMillis) {}
