package dev.sluice.runtime.flow;

import org.jspecify.annotations.Nullable;

/**
 * Why something failed, or was paused by the worker itself.
 *
 * @param sentence the reason in a sentence, without a stack trace
 * @param isRecord whether one record is the reason, so that a restart meets it again
 * @param coordinates that record, such as {@code orders-3@1042}, or null where it is not known
 * @param restart the restart that is planned, or null for none
 */
public record Trouble(
        String sentence,
        boolean isRecord,
        @Nullable String coordinates,
        @Nullable Retry restart) {}
