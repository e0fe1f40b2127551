package dev.sluice.runtime.control;

import static dev.sluice.runtime.control.TestingWorker.sink;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.config.ConnectorFile;
import dev.sluice.runtime.flow.Verdict;
import dev.sluice.runtime.transport.TestingTopics;
import dev.sluice.testkit.Waiting;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking at many tasks each second costs next to nothing. */
class FlowCostTest {
    private static final int CONNECTORS = 40;
    private static final int TASKS = 5;
    private static final Duration SPAN = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    @Test
    void aLookAtManySinksTakesLittleOfOneCore() {
        try (TestingWorker worker = TestingWorker.in(folder)) {
            new TestingTopics(worker.worker().transport()).create("lines", TASKS);
            worker.apply(IntStream.range(0, CONNECTORS)
                    .mapToObj(i -> sink("cost" + i, "tasks", "5", "tasks.max", "5", "world", "cost"))
                    .toArray(ConnectorFile[]::new));
            Waiting.until(
                    "all are idle",
                    Duration.ofMinutes(2),
                    () -> worker.worker().herder().all().stream()
                            .allMatch(connector -> connector.flow().verdict() == Verdict.IDLE
                                    && connector.tasks().size() == TASKS));
            double share = shareOfOneCore();

            assertThat(share)
                    .as("share of a core that looking at %d tasks takes", CONNECTORS * TASKS)
                    .isLessThan(0.05); // Under 1 % where nothing else runs; see docs/status.md.
        }
    }

    private static double shareOfOneCore() {
        long thread = threadNamed("flow");
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getThreadCpuTime(thread);
        long start = System.nanoTime();
        Waiting.until("time has passed", () -> System.nanoTime() - start > SPAN.toNanos());
        return (double) (threads.getThreadCpuTime(thread) - cpu) / (System.nanoTime() - start);
    }

    private static long threadNamed(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no thread " + name))
                .getId();
    }
}
