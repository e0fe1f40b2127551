package dev.sluice.runtime.task;

/** Ends a task with a failure that already has its place. */
final class TaskFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    TaskFailedException(Failure failure) {
        super(failure.cause().getMessage(), failure.cause());
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
