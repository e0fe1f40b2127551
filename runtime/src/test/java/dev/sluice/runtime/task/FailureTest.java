package dev.sluice.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.error.DataException;
import dev.sluice.api.error.RetriableException;
import org.junit.jupiter.api.Test;

/** The sentences in which failures are told; programs read the codes. */
class FailureTest {
    private static final TaskId TASK = new TaskId("orders", 2);

    private static String sentence(Throwable cause, int attempts) {
        return new Failure(Stage.VALUE_CONVERTER, "a.B", cause, "lines-0@7", attempts).sentence(TASK);
    }

    @Test
    void aRecordsFailureSaysWhatToDoAndWhere() {
        assertThat(sentence(new DataException("Cannot read the value: it is no JSON"), 1))
                .isEqualTo("Cannot read the value: it is no JSON. Correct the record or the value converter, or set"
                        + " errors.tolerance=all to leave such records out. [connector=orders task=2"
                        + " stage=VALUE_CONVERTER plugin=a.B record=lines-0@7 attempt=1"
                        + " code=VALUE_CONVERTER_RECORD]");
    }

    @Test
    void aRetriableFailureSaysWhetherItWasTriedAgain() {
        RetriableException busy = new RetriableException("Cannot ask: busy.");

        assertThat(sentence(busy, 1))
                .startsWith("Cannot ask: busy. Restart the connector once the other side is back. [");
        assertThat(sentence(busy, 3))
                .startsWith("Cannot ask: busy. It was tried again until the time for retries was over. Restart the"
                        + " connector once the other side is back. [")
                .contains(" attempt=3 code=VALUE_CONVERTER_RETRIABLE]");
    }

    @Test
    void aWrongSettingIsTheSettingsToCorrect() {
        assertThat(sentence(new ConfigException("Cannot use x: it is 1."), 1))
                .startsWith("Cannot use x: it is 1. Correct the connector's settings. [");
    }

    @Test
    void anyOtherExceptionIsNamedWithItsStageInOneLine() {
        assertThat(Failure.of(Stage.TASK_PUT, "a.B", new IllegalStateException("first\n  second"))
                        .sentence(TaskId.connector("orders")))
                .isEqualTo("Cannot put: java.lang.IllegalStateException: first second. [connector=orders stage=TASK_PUT"
                        + " plugin=a.B attempt=1 code=TASK_PUT_TASK]");
        assertThat(Failure.of(Stage.TASK_PUT, "a.B", new StackOverflowError()).sentence(TASK))
                .startsWith("Cannot put: java.lang.StackOverflowError. [");
    }

    @Test
    void theTraceFollowsTheSentence() {
        assertThat(Failure.of(Stage.TASK_PUT, "a.B", new IllegalStateException("why"))
                        .trace(TASK))
                .startsWith("Cannot put: java.lang.IllegalStateException: why. [connector=orders")
                .contains("]\njava.lang.IllegalStateException: why\n\tat ");
    }
}
