package dev.sluice.runtime.task;

/**
 * What became of one record in a pipeline.
 *
 * @param <T> the record's form behind the pipeline
 */
sealed interface Outcome<T> {
    /** It goes on. */
    record Kept<T>(T record) implements Outcome<T> {}

    /** A transformation dropped it on purpose. Its offset moves on. */
    record Dropped<T>() implements Outcome<T> {}

    /** A step failed, and retries did not help. */
    record Failed<T>(Failure failure) implements Outcome<T> {}
}
