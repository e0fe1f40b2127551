package dev.sluice.runtime.task;

/** Carries the failure of one step of one record to the end of its pipeline; cheap, for it may come per record. */
final class StepFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    StepFailedException(Failure failure) {
        super(failure.cause().getMessage(), failure.cause(), false, false);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
