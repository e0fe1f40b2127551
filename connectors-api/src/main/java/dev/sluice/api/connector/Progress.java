package dev.sluice.api.connector;

import java.util.OptionalLong;

/**
 * How far a bounded piece of work is, such as a first load.
 *
 * @param what the work in a word or two, such as {@code "snapshot of orders"}
 * @param done units done so far, at least 0
 * @param total units in all as far as known, empty if unknown; an estimate may change
 * @param unit the unit in the plural, such as {@code "rows"} or {@code "bytes"}
 */
public record Progress(String what, long done, OptionalLong total, String unit) {}
