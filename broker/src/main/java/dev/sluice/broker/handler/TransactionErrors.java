package dev.sluice.broker.handler;

import org.apache.kafka.common.protocol.Errors;

/** What old clients understand of the errors of transactions. */
final class TransactionErrors {
    private TransactionErrors() {}

    /** The code of a failure; PRODUCER_FENCED came with a later version, before which it was INVALID_PRODUCER_EPOCH. */
    static Errors of(Throwable failure, short version, int firstWithFenced) {
        Errors error = ErrorCodes.of(failure);
        return error == Errors.PRODUCER_FENCED && version < firstWithFenced ? Errors.INVALID_PRODUCER_EPOCH : error;
    }

    /** TRANSACTION_ABORTABLE came with a later version, before which it was INVALID_TXN_STATE. */
    static Errors withoutAbortable(Errors error, short version, int firstWithAbortable) {
        return error == Errors.TRANSACTION_ABORTABLE && version < firstWithAbortable ? Errors.INVALID_TXN_STATE : error;
    }
}
