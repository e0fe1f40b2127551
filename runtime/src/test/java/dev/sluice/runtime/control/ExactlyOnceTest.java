package dev.sluice.runtime.control;

import static dev.sluice.runtime.control.TestingWorker.awaitOutput;
import static dev.sluice.runtime.control.TestingWorker.sink;
import static dev.sluice.runtime.control.TestingWorker.source;
import static dev.sluice.runtime.control.TestingWorker.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.config.ConnectorFile;
import dev.sluice.runtime.fake.FakeWorld;
import dev.sluice.runtime.transport.Isolation;
import dev.sluice.runtime.transport.PartitionReader;
import dev.sluice.testkit.Waiting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Sources that write records and positions in transactions. */
class ExactlyOnceTest {
    private static final String ENABLED = "exactly.once.source.support";

    @TempDir
    Path folder;

    private String in = "";
    private String out = "";
    private FakeWorld source = FakeWorld.of("");
    private FakeWorld sink = FakeWorld.of("");

    @BeforeEach
    void makeWorlds(TestInfo test) {
        in = "in-" + test.getTestMethod().orElseThrow().getName();
        out = "out-" + test.getTestMethod().orElseThrow().getName();
        source = FakeWorld.of(in);
        sink = FakeWorld.of(out);
    }

    private static void awaitCall(FakeWorld world, String call) {
        Waiting.until("there was the call " + call, () -> world.calls().contains(call));
    }

    /** Returns the values in the topic. */
    private static List<String> log(TestingWorker worker, Isolation isolation) throws InterruptedException {
        List<String> values = new ArrayList<>();
        try (PartitionReader reader = worker.worker()
                .transport()
                .reader(new TopicPartition("lines", 0), isolation, () -> {})
                .orElseThrow()) {
            long offset = 0;
            while (offset < reader.endOffset()) {
                var read = reader.read(offset, 1_000, 1 << 20);
                read.records().forEach(record -> values.add(new String(record.value(), StandardCharsets.UTF_8)));
                offset = read.nextOffset();
            }
        }
        return values;
    }

    @Test
    void aPolledBatchIsATransaction() throws InterruptedException {
        source.input().addAll(List.of("a", "drop", "b", "c", "skip"));
        try (TestingWorker worker = TestingWorker.in(folder, ENABLED, "enabled")) {
            worker.apply(source(in, "transforms", "d", "transforms.d.type", "FakeText$Dropping"), sink(out));
            awaitOutput(sink, 3);
            awaitCall(source, "commit 5");
            assertThat(log(worker, Isolation.READ_COMMITTED)).containsExactly("a", "b", "c");
            worker.restart();
            worker.apply(source(in), sink(out));
            awaitCall(source, "start 5");
        }

        assertThat(values(sink)).containsExactly("a", "b", "c");
        assertThat(source.calls())
                .containsSubsequence("commitRecord a lines-0@0", "commitRecord drop null", "commitRecord c lines-0@3");
    }

    @Test
    void aFaultyRecordEndsTheTransactionBeforeIt() throws InterruptedException {
        source.input().addAll(List.of("a", "poison", "b"));
        try (TestingWorker worker = TestingWorker.in(folder, ENABLED, "enabled")) {
            worker.apply(source(in), sink(out));
            worker.awaitTask(in, RunState.FAILED);
            awaitOutput(sink, 1);
            worker.restart();
            worker.apply(source(in));
            awaitCall(source, "start 1");
            worker.awaitTask(in, RunState.FAILED);
            assertThat(log(worker, Isolation.READ_COMMITTED)).containsExactly("a");
        }
    }

    @Test
    void theSourceEndsItsTransactions() throws InterruptedException {
        source.input().addAll(List.of("a", "b commit", "c", "d abort", "e commit", "f"));
        try (TestingWorker worker = TestingWorker.in(folder, ENABLED, "enabled")) {
            ConnectorFile file = source(in, "transaction.boundary", "connector", "batch", "1");
            worker.apply(file, sink(out));
            awaitOutput(sink, 3);
            awaitCall(source, "commit 5");
            Waiting.until(
                    "the last record is in the log, unseen",
                    () -> log(worker, Isolation.READ_UNCOMMITTED).contains("f"));
            assertThat(log(worker, Isolation.READ_COMMITTED)).containsExactly("a", "b commit", "e commit");
            assertThat(source.calls()).contains("commitRecord c null", "commitRecord d abort null");

            worker.restart();
            worker.apply(file, sink(out));
            awaitCall(source, "start 5");
            source.input().add("g commit");
            awaitOutput(sink, 5);
        }

        assertThat(values(sink)).containsExactly("a", "b commit", "e commit", "f", "g commit");
    }

    @Test
    void timeEndsTransactionsAndSoDoesTheStop() throws InterruptedException {
        source.input().addAll(List.of("a", "b", "c", "d"));
        String[] boundary = {"transaction.boundary", "interval", "transaction.boundary.interval.ms"};
        try (TestingWorker worker = TestingWorker.in(folder, ENABLED, "enabled")) {
            worker.apply(source(in, boundary[0], boundary[1], boundary[2], "50"), sink(out));
            awaitOutput(sink, 4);
            awaitCall(source, "commit 4");
            worker.restart();
            worker.apply(source(in, boundary[0], boundary[1], boundary[2], "600000"), sink(out));
            awaitCall(source, "start 4");
            source.input().addAll(List.of("e", "f"));
            Waiting.until(
                    "the new lines are in the log, unseen",
                    () -> log(worker, Isolation.READ_UNCOMMITTED).contains("f"));
            assertThat(log(worker, Isolation.READ_COMMITTED)).doesNotContain("e", "f");
            worker.restart();
            awaitCall(source, "commit 6");
            worker.apply(source(in), sink(out));
            awaitOutput(sink, 6);
        }

        assertThat(values(sink)).containsExactly("a", "b", "c", "d", "e", "f");
    }

    @Test
    void saysWhichSettingMakesTransactionsTooLong() {
        try (TestingWorker worker = TestingWorker.in(folder, ENABLED, "enabled")) {
            worker.apply(source(in, "producer.override.transaction.timeout.ms", "3600000"));
            worker.awaitTask(in, RunState.FAILED);
            assertThat(worker.task(in, 0).status().trace())
                    .startsWith("Cannot let a transaction be open for 3600000 ms: the log allows less. Lower"
                            + " transaction.boundary.interval.ms or producer.override.transaction.timeout.ms, or raise"
                            + " broker.transaction.max.timeout.ms in the worker file.");
        }
    }

    @Test
    void refusesWhatCannotBePromised() {
        try (TestingWorker worker = TestingWorker.in(folder)) {
            assertThatThrownBy(() -> worker.apply(source(in, "exactly.once.support", "required")))
                    .hasMessageContaining("Cannot promise exactly.once.support=required: this worker delivers at least"
                            + " once. Set exactly.once.source.support=enabled in the worker file, or"
                            + " exactly.once.support=requested.");
        }
        try (TestingWorker worker = TestingWorker.in(folder, ENABLED, "enabled")) {
            assertThatThrownBy(() ->
                            worker.apply(source(in, "exactly.once.support", "required", "exactly", "UNSUPPORTED")))
                    .hasMessageContaining("FakeSource cannot repeat exactly what it read with these settings. Set"
                            + " exactly.once.support=requested to run it all the same.");
            assertThatThrownBy(() -> worker.apply(source(in, "exactly.once.support", "required", "exactly", "UNKNOWN")))
                    .hasMessageContaining("FakeSource does not say whether it repeats exactly what it read.");
            assertThatThrownBy(() -> worker.apply(source(in, "transaction.boundary", "connector", "boundaries", "no")))
                    .hasMessageContaining("Cannot use transaction.boundary=connector: FakeSource does not define"
                            + " transactions with these settings. Use poll or interval.");
        }
    }
}
