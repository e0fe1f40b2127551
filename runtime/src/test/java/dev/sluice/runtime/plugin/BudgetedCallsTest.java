package dev.sluice.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testkit.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BudgetedCallsTest {
    private final CountDownLatch release = new CountDownLatch(1);
    private final BudgetedCalls calls = new BudgetedCalls("check-", Duration.ofMillis(200), "task.call.timeout.ms");

    @AfterEach
    void close() {
        release.countDown();
        calls.close();
    }

    /** Waits whatever interrupts it, as a plugin that hangs does. */
    private String hang() {
        while (true) {
            try {
                release.await();
                return "late";
            } catch (InterruptedException ignored) {
                Thread.interrupted();
            }
        }
    }

    @Test
    void aCallRunsOnAThreadOfItsOwnNamedAfterThePlugin() {
        assertThat(calls.call("x.Y", () -> Thread.currentThread().getName()).join())
                .isEqualTo("check-x.Y");
    }

    @Test
    void whatACallThrowsFailsItAsItIs() {
        assertThatThrownBy(() -> calls.call("x.Y", () -> {
                            throw new NoClassDefFoundError("x/Z");
                        })
                        .join())
                .hasCauseInstanceOf(NoClassDefFoundError.class)
                .hasMessageContaining("x/Z");
    }

    @Test
    void aCallThatTakesTooLongIsAnsweredForAndCountedUntilItComesBack() {
        CompletableFuture<String> answer = calls.call("x.Y", this::hang);
        assertThatThrownBy(answer::join)
                .hasCauseInstanceOf(CallTimeoutException.class)
                .hasMessageContaining("x.Y did not answer within 200 ms (task.call.timeout.ms).");
        assertThat(calls.abandoned()).isEqualTo(Map.of("x.Y", 1));
        release.countDown();
        Waiting.until("the thread came back", () -> calls.abandonedCount() == 0);
    }

    @Test
    void aPluginThatHangsHoldsUpNobodyElse() {
        List<CompletableFuture<String>> hanging = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            hanging.add(calls.call("hangs", this::hang));
        }
        assertThat(calls.call("works", () -> "at once").join()).isEqualTo("at once");
        assertThat(hanging).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void aPluginThatLeftTooManyThreadsBehindIsAskedNothingMore() {
        for (int i = 0; i < 16; i++) {
            CompletableFuture<String> unused = calls.call("hangs", this::hang);
        }
        Waiting.until("all of them are given up", () -> calls.abandonedCount() == 16);
        assertThatThrownBy(() -> calls.call("hangs", this::hang).join())
                .hasMessageContaining("Cannot ask hangs: 16 earlier calls have not come back.");
        release.countDown();
        Waiting.until("they came back", () -> calls.abandonedCount() == 0);
        assertThat(calls.call("hangs", () -> "again").join()).isEqualTo("again");
    }

    @Test
    void onlySoManyCallsOfAPluginRunAtOnce() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(calls.call("x.Y", () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                return running.decrementAndGet();
            }));
        }
        all.forEach(CompletableFuture::join);
        assertThat(most.get()).isBetween(1, 4);
    }

    @Test
    void closingEndsWhatRunsAndWhatWaits() {
        List<CompletableFuture<String>> hanging = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            hanging.add(calls.call("hangs", this::hang));
        }
        calls.close();
        assertThat(hanging)
                .allSatisfy(answer -> assertThatThrownBy(answer::join)
                        .hasMessageContaining("Cannot ask hangs: the worker is closing."));
        assertThatThrownBy(() -> calls.call("x", () -> "never").join())
                .hasMessageContaining("Cannot ask x: the worker is closing.");
    }
}
