package dev.sluice.testkit.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TaskThreadTest {
    @Test
    void runsAllCallsOnOneThreadOfItsOwn() {
        try (TaskThread thread = new TaskThread("testing")) {
            Thread first = thread.call("first", Thread::currentThread);
            assertThat(thread.call("second", Thread::currentThread))
                    .isSameAs(first)
                    .isNotSameAs(Thread.currentThread());
            assertThat(first.getName()).isEqualTo("task-testing");
        }
    }

    @Test
    void passesFailuresOn() {
        try (TaskThread thread = new TaskThread("testing")) {
            assertThatThrownBy(() -> thread.run("start", () -> {
                        throw new IllegalStateException("Broken.");
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Broken.");
            assertThatThrownBy(() -> thread.run("start", () -> {
                        throw new IOException("Gone.");
                    }))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("start threw a checked exception.")
                    .hasRootCauseMessage("Gone.");
        }
    }

    @Test
    void givesUpOnACallThatHangsAndShowsWhereItStands() {
        try (TaskThread thread = new TaskThread("testing", Duration.ofMillis(50))) {
            assertThatThrownBy(() -> thread.run("stop", () -> new CountDownLatch(1).await()))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("stop took more than PT0.05S; it stands at ")
                    .hasMessageContaining("CountDownLatch.await");
        }
    }

    @Test
    void measuresTheThreadsProcessorTime() {
        try (TaskThread thread = new TaskThread("testing")) {
            long sum = thread.call("count", () -> {
                long total = 0;
                for (int i = 0; i < 20_000_000; i++) {
                    total += i ^ (total << 1);
                }
                return total;
            });
            assertThat(thread.cpuTime()).as("after counting to %s", sum).isPositive();
        }
    }
}
