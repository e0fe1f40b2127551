package dev.sluice.runtime.control;

import static dev.sluice.runtime.control.TestingWorker.awaitOutput;
import static dev.sluice.runtime.control.TestingWorker.sink;
import static dev.sluice.runtime.control.TestingWorker.source;
import static dev.sluice.runtime.control.TestingWorker.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.fake.FakeWorld;
import dev.sluice.testkit.Waiting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Overrides of Kafka's consumer do here what they do there. */
class ReadingOverridesTest {
    @TempDir
    Path folder;

    @Test
    void aSinkMayBeginBehindWhatIsThere() {
        FakeWorld in = FakeWorld.of("latest-in");
        FakeWorld all = FakeWorld.of("latest-all");
        FakeWorld late = FakeWorld.of("latest-late");
        in.input().addAll(List.of("one", "two"));
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(source("latest-in"), sink("latest-all"));
            awaitOutput(all, 2);
            worker.apply(sink("latest-late", "consumer.override.auto.offset.reset", "latest"));
            worker.awaitTask("latest-late", RunState.RUNNING);
            Waiting.until(
                    "it has its partitions", () -> late.calls().stream().anyMatch(call -> call.startsWith("open")));
            in.input().add("three");
            awaitOutput(late, 1);
            awaitOutput(all, 3);
        }
        assertThat(values(late)).containsExactly("three");
        assertThat(values(all)).containsExactly("one", "two", "three");
    }

    @Test
    void aSinkMayRefuseToBeginWithoutAPlace() {
        FakeWorld in = FakeWorld.of("none-in");
        in.input().add("one");
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(
                    source("none-in"),
                    sink("none-out", "consumer.override.auto.offset.reset", "none", "restart.policy", "never"));
            worker.awaitTask("none-out", RunState.FAILED);
            assertThat(String.valueOf(worker.task("none-out", 0).status().trace()))
                    .contains(
                            "Cannot read lines-0: nothing is committed, and auto.offset.reset=none asks for no other place.");
        }
    }

    @Test
    void aGroupOfItsOwnHoldsTheOffsets() {
        FakeWorld in = FakeWorld.of("group-in");
        in.input().add("one");
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(
                    source("group-in"),
                    sink("group-a", "consumer.override.group.id", "shared", "consumer.override.max.poll.records", "1"));
            awaitOutput(FakeWorld.of("group-a"), 1);
            Map<String, Object> place = Map.of("kafka_topic", "lines", "kafka_partition", 0);
            Waiting.until(
                    "the offset is committed",
                    () -> !worker.herder().offsets("group-a").join().isEmpty());
            assertThat(worker.herder().offsets("group-a").join())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.partition()).isEqualTo(place));
            assertThat(worker.worker().transport().committedOffsets("shared")).hasSize(1);
            assertThat(worker.worker().transport().committedOffsets("connect-group-a"))
                    .isEmpty();
        }
    }
}
