package dev.sluice.runtime.task;

import dev.sluice.api.error.ErrorCategory;
import dev.sluice.runtime.config.Tolerance;

/**
 * Decides what a failure means for a record and its task. Pure functions.
 *
 * <p>In conversions and transformations, each exception is about the record in hand, as in Kafka Connect. In {@code put} a
 * {@code DataException} is, too, once the record was put alone. Any other exception may as well say that the destination
 * is down, and a destination that is down must not empty the topic into the dead letters: so a record is blamed only if the
 * destination took others after it had refused this one. What asks for a retry is never about a record there.
 */
final class ErrorPolicy {
    private ErrorPolicy() {}

    static ErrorDecision decide(ErrorFacts facts) {
        if (facts.isJvmError() || facts.category() == ErrorCategory.CONFIG || !isAboutRecord(facts)) {
            return ErrorDecision.FAIL;
        }
        if (facts.tolerance() == Tolerance.NONE) {
            return ErrorDecision.FAIL;
        }
        // What a task reports is done with already, as far as the task is concerned: it may pass the budget.
        if (!facts.isBudgetLeft() && facts.blame() != ErrorFacts.Blame.REPORTED) {
            return ErrorDecision.PAUSE;
        }
        return facts.hasDeadLetters() ? ErrorDecision.DEAD_LETTER : ErrorDecision.SKIP;
    }

    private static boolean isAboutRecord(ErrorFacts facts) {
        return switch (facts.blame()) {
            case STEP -> facts.stage().isPerRecord();
            case REPORTED -> true;
            case ALONE -> facts.category() == ErrorCategory.RECORD;
            case ALONE_AMONG_GOOD -> facts.category() == ErrorCategory.RECORD || facts.category() == ErrorCategory.TASK;
            case NONE -> false;
        };
    }

    /** Returns whether a batch that {@code put} refused with such a failure is divided to find the record. */
    static boolean isolates(Failure failure, Tolerance tolerance) {
        return switch (failure.category()) {
            case RECORD -> true;
            case TASK ->
                tolerance == Tolerance.ALL
                        && !(failure.cause() instanceof Error)
                        && !(failure.cause() instanceof SlowCallException);
            case RETRIABLE, CONFIG -> false;
        };
    }
}
