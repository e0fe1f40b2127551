package dev.sluice.broker.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.BrokerException;
import dev.sluice.broker.metrics.Histogram;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogThreadTest {
    private final LogThread thread = new LogThread(7, 2, 100, new Histogram());
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void end() throws InterruptedException {
        gate.countDown();
        thread.shutDown();
        assertThat(thread.awaitEnd(10_000)).isTrue();
    }

    private CompletableFuture<String> block(int sizeBytes) {
        return thread.submit(sizeBytes, () -> {
            gate.await();
            return Thread.currentThread().getName();
        });
    }

    @Test
    void refusesMoreStepsThanItsBoundWithoutWaiting() {
        CompletableFuture<String> first = block(1);
        CompletableFuture<String> second = block(1);

        assertThat(thread.trySubmit(1, () -> "third")).isEmpty();
        gate.countDown();

        assertThat(first.join()).isEqualTo("log-7");
        assertThat(second).succeedsWithin(java.time.Duration.ofSeconds(10));
        assertThat(thread.trySubmit(1, () -> "third").orElseThrow().join()).isEqualTo("third");
    }

    @Test
    void refusesMoreBytesThanItsBoundWithoutWaiting() {
        CompletableFuture<String> first = block(60);

        assertThat(thread.trySubmit(41, () -> "too much")).isEmpty();
        assertThat(thread.trySubmit(40, () -> "fits")).isPresent();
        gate.countDown();
        assertThat(first.join()).isEqualTo("log-7");
    }

    @Test
    void takesAStepThatIsLargerThanTheWholeBoundWhenItIsAlone() {
        gate.countDown();

        assertThat(block(1_000).join()).isEqualTo("log-7");
        assertThat(thread.trySubmit(1_000, () -> "again").orElseThrow().join()).isEqualTo("again");
    }

    @Test
    void holdsTheCallerWhileItIsFull() throws InterruptedException {
        CompletableFuture<String> first = block(1);
        CompletableFuture<String> second = block(1);
        CompletableFuture<String> third = new CompletableFuture<>();
        Thread caller =
                new Thread(() -> third.complete(thread.submit(1, () -> "third").join()));
        caller.start();
        TestingLogs.await(() -> caller.getState() == Thread.State.WAITING);

        gate.countDown();

        assertThat(third.join()).isEqualTo("third");
        assertThat(first.join()).isEqualTo(second.join());
        caller.join();
    }

    @Test
    void anInterruptEndsTheWaitForRoomAndLeavesTheBoundAsItWas() throws InterruptedException {
        CompletableFuture<String> first = block(60);
        CompletableFuture<CompletableFuture<String>> refused = new CompletableFuture<>();
        Thread caller = new Thread(() -> refused.complete(thread.submit(60, () -> "never")));
        caller.start();
        TestingLogs.await(() -> caller.getState() == Thread.State.WAITING);

        caller.interrupt();

        assertThatThrownBy(() -> refused.join().join())
                .hasCauseInstanceOf(BrokerException.Interrupted.class)
                .hasMessageContaining("Cannot append: the thread was interrupted while it waited for room");
        assertThat(thread.trySubmit(40, () -> "fits")).isPresent();
        gate.countDown();
        assertThat(first.join()).isEqualTo("log-7");
        caller.join();
    }

    @Test
    void stepsOfItsOwnCallbacksNeverWaitForThemselves() {
        List<CompletableFuture<Integer>> nested = new ArrayList<>();
        CompletableFuture<Integer> count = thread.submit(1, () -> {
            for (int number = 0; number < 10; number++) {
                int step = number;
                nested.add(thread.submit(100, () -> step));
            }
            return nested.size();
        });

        assertThat(count.join()).isEqualTo(10);
        assertThat(nested.stream().map(CompletableFuture::join)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void aFailingStepGivesItsRoomBack() {
        for (int number = 0; number < 10; number++) {
            CompletableFuture<String> failing = thread.submit(100, () -> {
                throw new IllegalStateException("bug");
            });
            assertThatThrownBy(failing::join).hasRootCauseMessage("bug");
        }
    }

    @Test
    void refusesStepsAfterItsEnd() {
        thread.shutDown();

        assertThatThrownBy(() -> thread.submit(1, () -> "late").join())
                .hasCauseInstanceOf(BrokerException.Closed.class)
                .hasMessageContaining("Cannot use the log: the broker is closed.");
    }
}
