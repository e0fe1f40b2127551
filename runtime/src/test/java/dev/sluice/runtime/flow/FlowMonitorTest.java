package dev.sluice.runtime.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.transport.Transport;
import dev.sluice.testkit.Waiting;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FlowMonitorTest {
    /** A look that lasts until it is let go, and notes whether it was interrupted meanwhile. */
    private static final class SlowSubjects implements FlowSubjects {
        final CountDownLatch began = new CountDownLatch(1);
        final AtomicInteger looks = new AtomicInteger();
        volatile boolean isLetGo;
        volatile boolean wasInterrupted;

        @Override
        public List<FlowSubject> all() {
            int unused = looks.incrementAndGet();
            began.countDown();
            while (!isLetGo) {
                LockSupport.parkNanos(1_000_000);
                wasInterrupted |= Thread.currentThread().isInterrupted();
            }
            return List.of();
        }

        @Override
        public Optional<FlowSubject> find(String name) {
            return Optional.empty();
        }
    }

    private static final Transport NONE = (Transport) Proxy.newProxyInstance(
            FlowMonitorTest.class.getClassLoader(), new Class<?>[] {Transport.class}, (self, method, arguments) -> {
                throw new AssertionError("nothing is to be read, but " + method.getName() + " was called");
            });

    private final SlowSubjects subjects = new SlowSubjects();
    private final FlowMonitor monitor =
            new FlowMonitor(subjects, NONE, new FlowLimits(1_000, 1_000, 1_000), Clock.systemUTC());

    /** An interrupt in the middle of a read would close the file under everybody who reads or writes it. */
    @Test
    void itsEndWaitsForTheLookUnderWayAndInterruptsNothing() throws InterruptedException {
        monitor.start();
        subjects.began.await();
        Thread closing = new Thread(monitor::close);
        closing.start();
        Waiting.until("the end waits", () -> closing.getState() == Thread.State.TIMED_WAITING);
        subjects.isLetGo = true;
        closing.join();

        assertThat(subjects.wasInterrupted).isFalse();
        assertThat(subjects.looks).hasValue(1);
    }
}
