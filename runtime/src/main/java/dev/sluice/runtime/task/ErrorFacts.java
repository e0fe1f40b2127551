package dev.sluice.runtime.task;

import dev.sluice.api.error.ErrorCategory;
import dev.sluice.runtime.config.Tolerance;

/**
 * All that {@link ErrorPolicy} needs to know of a failure.
 *
 * @param stage where it happened
 * @param category what the exception asks for
 * @param isJvmError whether it is an {@link Error}, which says nothing about a record
 * @param blame what speaks for one record being the reason
 * @param tolerance the connector's {@code errors.tolerance}
 * @param hasDeadLetters whether there is a topic for dead letters
 * @param isBudgetLeft whether one more record may be left out
 */
record ErrorFacts(
        Stage stage,
        ErrorCategory category,
        boolean isJvmError,
        Blame blame,
        Tolerance tolerance,
        boolean hasDeadLetters,
        boolean isBudgetLeft) {

    /** Says what speaks for one record being the reason of a failure. */
    enum Blame {
        /** The step saw this record alone: a conversion or a transformation. */
        STEP,
        /** The task named it through its reporter. */
        REPORTED,
        /** {@code put} refused it alone; nothing is known of others. */
        ALONE,
        /** {@code put} refused it alone and took others after that. */
        ALONE_AMONG_GOOD,
        /** Nothing: the failure concerns a call, not a record. */
        NONE
    }
}
