package dev.sluice.runtime.flow;

/**
 * What one rule says.
 *
 * @param verdict in a word
 * @param reason why
 * @param nextAction what to do about it
 */
record Opinion(Verdict verdict, String reason, String nextAction) {}
