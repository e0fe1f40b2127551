package dev.sluice.runtime.task;

/** What becomes of a record that failed, and of its task. */
enum ErrorDecision {
    /** The task fails; the record stays where it is. */
    FAIL,
    /** The record is left out, and the task goes on. */
    SKIP,
    /** The record goes to the dead letters, and the task goes on. */
    DEAD_LETTER,
    /** The budget is spent: the record stays where it is, and the connector pauses before it. */
    PAUSE
}
