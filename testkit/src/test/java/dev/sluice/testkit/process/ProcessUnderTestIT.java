package dev.sluice.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testkit.Waiting;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessUnderTestIT {
    @TempDir
    private Path folder;

    /** A program that says hello and waits to be killed. */
    static final class Waiter {
        public static void main(String[] arguments) throws InterruptedException {
            System.out.println("hello " + arguments[0] + " " + System.getenv("GREETING"));
            Thread.currentThread().join();
        }
    }

    @Test
    void killsAJavaProgramAtOnce() {
        try (ProcessUnderTest process = ProcessUnderTest.java(Waiter.class, "you")
                .env("GREETING", "\u00e4")
                .start()) {
            assertThat(process.awaitLine(line -> line.startsWith("hello"))).startsWith("hello you");
            assertThat(process.isAlive()).isTrue();
            process.kill();
            assertThat(process.awaitExit(Waiting.PATIENCE)).isEqualTo(128 + 9);
        }
    }

    @Test
    void killsTheChildrenToo() {
        try (ProcessUnderTest process = sh("sleep 300 & echo child $!; wait").start()) {
            long child = Long.parseLong(
                    process.awaitLine(line -> line.startsWith("child ")).substring(6));
            process.kill();
            Waiting.until(
                    "the child is gone",
                    () -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
        }
    }

    @Test
    void reportsTheExitCodeAndAllOutput() {
        try (ProcessUnderTest process =
                sh("pwd; echo oops >&2; exit 3").directory(folder).start()) {
            assertThat(process.awaitExit(Waiting.PATIENCE)).isEqualTo(3);
            assertThat(process.output()).containsExactly(folder.toString(), "oops");
        }
    }

    @Test
    void letsAProcessEndInItsOwnWay() {
        try (ProcessUnderTest process = sh("trap 'echo bye; exit 5' TERM; echo up; while :; do sleep 0.1; done")
                .start()) {
            assertThat(process.awaitLine("up"::equals)).isEqualTo("up");
            process.terminate();
            assertThat(process.awaitExit(Waiting.PATIENCE)).isEqualTo(5);
            assertThat(process.output()).endsWith("bye");
        }
    }

    @Test
    void showsTheOutputWhenALineDoesNotCome() {
        try (ProcessUnderTest process = sh("echo nothing of interest").start()) {
            assertThatThrownBy(() -> process.awaitLine("wanted"::equals, Duration.ofSeconds(10)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("Waited in vain for a line of the output of process " + process.pid())
                    .hasMessageEndingWith("nothing of interest");
        }
    }

    @Test
    void keepsOnlyTheNewestOutput() {
        try (ProcessUnderTest process =
                sh("i=0; while [ $i -lt 3000 ]; do echo $i; i=$((i+1)); done").start()) {
            assertThat(process.awaitExit(Waiting.PATIENCE)).isZero();
            assertThat(process.output()).hasSize(2_000).startsWith("1000").endsWith("2999");
        }
    }

    @Test
    void saysWhatItCannotStart() {
        assertThatThrownBy(() -> ProcessUnderTest.command("/no/such/program").start())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Cannot start [/no/such/program].");
    }

    private static ProcessUnderTest.Builder sh(String script) {
        return ProcessUnderTest.command("sh", "-c", script);
    }
}
