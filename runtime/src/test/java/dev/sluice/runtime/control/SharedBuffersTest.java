package dev.sluice.runtime.control;

import static dev.sluice.runtime.control.TestingWorker.awaitOutput;
import static dev.sluice.runtime.control.TestingWorker.sink;
import static dev.sluice.runtime.control.TestingWorker.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.config.ConnectorFile;
import dev.sluice.runtime.fake.FakeWorld;
import dev.sluice.testkit.Waiting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All tasks draw from one budget of bytes; a sink that takes all it can and gives nothing back starves nobody. */
class SharedBuffersTest {
    private static final int OTHERS = 20;
    private static final int RECORDS = 300;
    private static final int RECORD_BYTES = 10_000;
    private static final int TOTAL = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void aSlowSinkLeavesTheOthersTheirShare() {
        FakeWorld feed = FakeWorld.of("buffers-in");
        feed.input()
                .addAll(IntStream.range(0, RECORDS)
                        .mapToObj(i -> i + "x".repeat(RECORD_BYTES))
                        .toList());
        FakeWorld slow = FakeWorld.of("buffers-slow");
        AtomicInteger slowBatch = new AtomicInteger();
        AtomicInteger otherBatch = new AtomicInteger();
        CountDownLatch goesOn = new CountDownLatch(1);
        slow.at("batch", size -> slowBatch.compareAndSet(0, Integer.parseInt(size)));
        slow.at("put", first -> await(goesOn));
        try (TestingWorker worker = TestingWorker.in(folder, "worker.buffer.bytes.max", Integer.toString(TOTAL))) {
            worker.apply(source("buffers-in", "batch", "100"));
            Waiting.until("the topic is full", () -> worker.records("lines").size() == RECORDS);
            worker.apply(sink("buffers-slow"));
            Waiting.until("the slow sink has its first batch", () -> slowBatch.get() > 0);
            worker.apply(others(otherBatch));
            for (int i = 0; i < OTHERS; i++) {
                awaitOutput(FakeWorld.of("buffers-" + i), RECORDS);
            }

            // It took all of the common half, and as its share half of the other, for it was the second task; and the
            // record
            // that went beyond.
            assertThat(slowBatch.get() * RECORD_BYTES).isBetween(TOTAL / 2, TOTAL * 3 / 4 + RECORD_BYTES);
            assertThat(otherBatch.get() * RECORD_BYTES).isBetween(1, TOTAL / 2);
            assertThat(slow.output()).isEmpty();
            goesOn.countDown();
            awaitOutput(slow, RECORDS);
        } finally {
            goesOn.countDown();
        }
    }

    private static ConnectorFile[] others(AtomicInteger largestBatch) {
        List<ConnectorFile> files = new ArrayList<>();
        for (int i = 0; i < OTHERS; i++) {
            FakeWorld.of("buffers-" + i)
                    .at("batch", size -> largestBatch.accumulateAndGet(Integer.parseInt(size), Math::max));
            files.add(sink("buffers-" + i));
        }
        return files.toArray(ConnectorFile[]::new);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
