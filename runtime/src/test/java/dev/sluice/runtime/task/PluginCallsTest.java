package dev.sluice.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.RetriableException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Interrupts reach the call that they are meant for, and nothing behind it. */
class PluginCallsTest {
    private final PluginCalls calls = new PluginCalls("a.B", System::nanoTime);

    private static Exception interruptible() {
        return Thread.currentThread().isInterrupted()
                ? new IllegalStateException("the driver was interrupted")
                : new IllegalStateException("it was not");
    }

    @Test
    void aStopEndsAPollWhateverItThrows() {
        assertThatThrownBy(() -> calls.call(Stage.TASK_POLL, () -> {
                    calls.requestStop();
                    throw interruptible();
                }))
                .isInstanceOf(InterruptedException.class)
                .hasMessage("stopped during poll")
                .hasRootCauseMessage("the driver was interrupted");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aStopBeforeAPollKeepsItFromBeginning() {
        calls.requestStop();

        assertThatThrownBy(() -> calls.run(Stage.TASK_POLL, () -> {}))
                .isInstanceOf(InterruptedException.class)
                .hasMessage("stopped before the next poll");
    }

    @Test
    void aStopLeavesOtherCallsAlone() throws Exception {
        String result = calls.call(Stage.TASK_FLUSH, () -> {
            calls.requestStop();
            return Thread.currentThread().isInterrupted() ? "interrupted" : "left alone";
        });

        assertThat(result).isEqualTo("left alone");
    }

    @Test
    void aStopDuringAPollThatReturnsLeavesNoInterruptBehind() throws Exception {
        calls.run(Stage.TASK_POLL, calls::requestStop);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void anInterruptForOneCallDoesNotReachTheNext() throws Exception {
        PluginCalls.Call[] first = new PluginCalls.Call[1];
        calls.run(Stage.TASK_PUT, () -> first[0] = calls.current());
        boolean isInterrupted = calls.call(Stage.TASK_PUT, () -> {
            calls.interruptSlow(first[0]);
            return Thread.currentThread().isInterrupted();
        });

        assertThat(isInterrupted).isFalse();
    }

    @Test
    void aSlowCallFailsWithItsReasonAndOneThatTurnsOutWellIsFine() throws Exception {
        assertThatThrownBy(() -> calls.run(Stage.TASK_PUT, () -> {
                    calls.interruptSlow(Objects.requireNonNull(calls.current()));
                    throw interruptible();
                }))
                .isInstanceOf(TaskFailedException.class)
                .hasMessage("Cannot go on: the plugin call put took more than twice task.call.timeout.ms, was"
                        + " interrupted, and failed with java.lang.IllegalStateException. Look at what it waits for.");
        calls.run(Stage.TASK_PUT, () -> calls.interruptSlow(Objects.requireNonNull(calls.current())));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(calls.current()).isNull();
    }

    @Test
    void aPluginThatInterruptsItselfHarmsNothingElse() throws Exception {
        calls.run(Stage.TASK_PUT, () -> Thread.currentThread().interrupt());

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aWaitOutsideIsNotPartOfTheCall() throws Exception {
        PluginCalls.Call[] seen = new PluginCalls.Call[1];
        calls.run(Stage.PIPELINE, () -> {
            calls.outside(() -> seen[0] = calls.current());
            assertThat(calls.current()).isNotNull();
        });

        assertThat(seen[0]).isNull();
    }

    @Test
    void keepsTheTypesThatAskForSomethingAndNamesTheStageOfAllOthers() {
        assertThatThrownBy(() -> calls.run(Stage.TASK_PUT, () -> {
                    throw new RetriableException("Cannot write: busy.");
                }))
                .isInstanceOf(RetriableException.class)
                .hasMessage("Cannot write: busy.");
        assertThatThrownBy(() -> calls.run(Stage.TASK_PUT, () -> {
                    throw new OutOfMemoryError("heap");
                }))
                .isInstanceOfSatisfying(
                        TaskFailedException.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo("TASK_PUT_TASK"))
                .hasMessage("heap");
    }
}
