package dev.sluice.distribution;

/**
 * A command that ran to its end.
 *
 * @param exitCode what it ended with
 * @param output what it printed, errors included
 */
record Ran(int exitCode, String output) {}
