package dev.sluice.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.DataException;
import dev.sluice.api.error.ErrorCategory;
import dev.sluice.api.error.RetriableException;
import dev.sluice.runtime.config.Tolerance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorPolicyTest {
    /** Columns: stage, category, blame; what follows with tolerance none, all, all with dead letters, all with the budget spent. */
    @ParameterizedTest
    @CsvSource({
        "VALUE_CONVERTER,  RECORD,    STEP,             FAIL, SKIP, DEAD_LETTER, PAUSE",
        "KEY_CONVERTER,    TASK,      STEP,             FAIL, SKIP, DEAD_LETTER, PAUSE",
        "HEADER_CONVERTER, RETRIABLE, STEP,             FAIL, SKIP, DEAD_LETTER, PAUSE",
        "TRANSFORMATION,   TASK,      STEP,             FAIL, SKIP, DEAD_LETTER, PAUSE",
        "TRANSFORMATION,   CONFIG,    STEP,             FAIL, FAIL, FAIL,        FAIL",
        "TASK_POLL,        RECORD,    STEP,             FAIL, FAIL, FAIL,        FAIL",
        "KAFKA_PRODUCE,    RECORD,    STEP,             FAIL, FAIL, FAIL,        FAIL",
        "TASK_PUT,         RECORD,    ALONE,            FAIL, SKIP, DEAD_LETTER, PAUSE",
        "TASK_PUT,         TASK,      ALONE,            FAIL, FAIL, FAIL,        FAIL",
        "TASK_PUT,         RETRIABLE, ALONE,            FAIL, FAIL, FAIL,        FAIL",
        "TASK_PUT,         CONFIG,    ALONE,            FAIL, FAIL, FAIL,        FAIL",
        "TASK_PUT,         RECORD,    ALONE_AMONG_GOOD, FAIL, SKIP, DEAD_LETTER, PAUSE",
        "TASK_PUT,         TASK,      ALONE_AMONG_GOOD, FAIL, SKIP, DEAD_LETTER, PAUSE",
        "TASK_PUT,         RETRIABLE, ALONE_AMONG_GOOD, FAIL, FAIL, FAIL,        FAIL",
        "TASK_PUT,         RECORD,    NONE,             FAIL, FAIL, FAIL,        FAIL",
        "TASK_PUT,         RECORD,    REPORTED,         FAIL, SKIP, DEAD_LETTER, DEAD_LETTER",
        "TASK_PUT,         RETRIABLE, REPORTED,         FAIL, SKIP, DEAD_LETTER, DEAD_LETTER",
        "TASK_POLL,        TASK,      REPORTED,         FAIL, SKIP, DEAD_LETTER, DEAD_LETTER",
        "TASK_POLL,        CONFIG,    REPORTED,         FAIL, FAIL, FAIL,        FAIL",
    })
    void decides(
            Stage stage,
            ErrorCategory category,
            ErrorFacts.Blame blame,
            ErrorDecision none,
            ErrorDecision all,
            ErrorDecision withDeadLetters,
            ErrorDecision withoutBudget) {
        assertThat(decide(stage, category, blame, Tolerance.NONE, true, true)).isEqualTo(none);
        assertThat(decide(stage, category, blame, Tolerance.ALL, false, true)).isEqualTo(all);
        assertThat(decide(stage, category, blame, Tolerance.ALL, true, true)).isEqualTo(withDeadLetters);
        assertThat(decide(stage, category, blame, Tolerance.ALL, true, false)).isEqualTo(withoutBudget);
        assertThat(decide(stage, category, blame, Tolerance.NONE, true, false)).isEqualTo(ErrorDecision.FAIL);
    }

    private static ErrorDecision decide(
            Stage stage,
            ErrorCategory category,
            ErrorFacts.Blame blame,
            Tolerance tolerance,
            boolean hasDeadLetters,
            boolean isBudgetLeft) {
        return ErrorPolicy.decide(
                new ErrorFacts(stage, category, false, blame, tolerance, hasDeadLetters, isBudgetLeft));
    }

    @ParameterizedTest
    @EnumSource
    void anErrorOfTheJvmFailsTheTaskWhateverElseIsTrue(ErrorFacts.Blame blame) {
        for (Stage stage : Stage.values()) {
            assertThat(ErrorPolicy.decide(
                            new ErrorFacts(stage, ErrorCategory.TASK, true, blame, Tolerance.ALL, true, true)))
                    .isEqualTo(ErrorDecision.FAIL);
        }
    }

    @Test
    void dividesABatchOnlyWhereARecordMayBeTheReason() {
        assertThat(isolates(new DataException("x"), Tolerance.NONE)).isTrue();
        assertThat(isolates(new DataException("x"), Tolerance.ALL)).isTrue();
        assertThat(isolates(new IllegalStateException("x"), Tolerance.NONE)).isFalse();
        assertThat(isolates(new IllegalStateException("x"), Tolerance.ALL)).isTrue();
        assertThat(isolates(new ConnectorException("x"), Tolerance.ALL)).isTrue();
        assertThat(isolates(new RetriableException("x"), Tolerance.ALL)).isFalse();
        assertThat(isolates(new ConfigException("x"), Tolerance.ALL)).isFalse();
        assertThat(isolates(new OutOfMemoryError("x"), Tolerance.ALL)).isFalse();
        assertThat(isolates(new SlowCallException("x", new InterruptedException()), Tolerance.ALL))
                .isFalse();
    }

    private static boolean isolates(Throwable cause, Tolerance tolerance) {
        return ErrorPolicy.isolates(Failure.of(Stage.TASK_PUT, "plugin", cause), tolerance);
    }
}
