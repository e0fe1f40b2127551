package dev.sluice.runtime.control;

import static dev.sluice.runtime.control.TestingWorker.awaitOutput;
import static dev.sluice.runtime.control.TestingWorker.sink;
import static dev.sluice.runtime.control.TestingWorker.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.fake.FakeWorld;
import dev.sluice.runtime.transport.TestingTopics;
import dev.sluice.runtime.transport.TopicSettings;
import dev.sluice.testkit.Waiting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics that come, grow, go and come again under a running sink. */
class TopicChangeTest {
    @TempDir
    Path folder;

    private static void awaitCall(FakeWorld world, String call) {
        Waiting.until("there was the call " + call, () -> world.calls().contains(call));
    }

    @Test
    void waitsForATopicThatIsMissing() {
        FakeWorld world = FakeWorld.of("missing-topic");
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(sink("missing-topic"));
            worker.awaitTask("missing-topic", RunState.RUNNING);
            TestingTopics topics = new TestingTopics(worker.worker().transport());
            topics.create("lines", 1);
            topics.append("lines", 0, "a");

            awaitOutput(world, 1);
        }
        assertThat(world.calls()).startsWith("open 0 [lines-0]");
    }

    @Test
    void takesUpNewPartitionsWithoutMovingOthers() {
        FakeWorld world = FakeWorld.of("grown");
        try (TestingWorker worker = TestingWorker.in(folder)) {
            TestingTopics topics = new TestingTopics(worker.worker().transport());
            topics.create("lines", 2);
            topics.create("more", 1);
            worker.apply(sink("grown", "tasks", "2", "topics", "lines,more"));
            awaitCall(world, "open 0 [lines-0]");
            awaitCall(world, "open 1 [lines-1, more-0]");
            topics.grow("lines", 4);
            awaitCall(world, "open 0 [lines-2]");
            awaitCall(world, "open 1 [lines-3]");
            for (int partition = 0; partition < 4; partition++) {
                topics.append("lines", partition, "p" + partition);
            }
            awaitOutput(world, 4);
            assertThat(world.calls()).noneMatch(call -> call.startsWith("close"));
        }
    }

    @Test
    void takesUpNewTopicsOfAPatternButNoneOfKafkasOwn() {
        FakeWorld world = FakeWorld.of("pattern");
        try (TestingWorker worker = TestingWorker.in(folder)) {
            TestingTopics topics = new TestingTopics(worker.worker().transport());
            worker.apply(sink("pattern", "topics", "", "topics.regex", "(__.*|t.)"));
            worker.awaitTask("pattern", RunState.RUNNING);
            topics.create("t1", 1);
            topics.append("t1", 0, "a");
            awaitOutput(world, 1);
            topics.create("t2", 1);
            topics.append("t2", 0, "b");
            awaitOutput(world, 2);
        }
        assertThat(world.output()).containsExactly("t1-0@0 a", "t2-0@0 b");
    }

    @Test
    void readsATopicThatWasMadeAnewFromItsStart() {
        FakeWorld world = FakeWorld.of("recreated");
        try (TestingWorker worker = TestingWorker.in(folder)) {
            TestingTopics topics = new TestingTopics(worker.worker().transport());
            topics.create("lines", 1);
            topics.append("lines", 0, "a", "b");
            worker.apply(sink("recreated"));
            awaitCall(world, "flush {lines-0=2}");
            topics.delete("lines");
            topics.create("lines", 1);
            // More records than were committed: an old offset would pass over the first ones.
            topics.append("lines", 0, "c", "d", "e");

            awaitOutput(world, 5);
            assertThat(worker.task("recreated", 0).status().state()).isEqualTo(RunState.RUNNING);
        }
        assertThat(world.output())
                .containsExactly("lines-0@0 a", "lines-0@1 b", "lines-0@0 c", "lines-0@1 d", "lines-0@2 e");
    }

    @Test
    void aTopicThatIsDeletedAndComesLaterIsReadFromItsStartToo() {
        FakeWorld world = FakeWorld.of("deleted");
        try (TestingWorker worker = TestingWorker.in(folder)) {
            TestingTopics topics = new TestingTopics(worker.worker().transport());
            topics.create("lines", 1);
            topics.append("lines", 0, "a");
            worker.apply(sink("deleted"));
            awaitCall(world, "flush {lines-0=1}");
            topics.delete("lines");
            awaitCall(world, "close 0 [lines-0]");
            topics.create("lines", 1);
            topics.append("lines", 0, "b", "c");

            awaitOutput(world, 3);
        }
        assertThat(TestingWorker.values(world)).isEqualTo(List.of("a", "b", "c"));
    }

    @Test
    void aSourceGoesOnWhereItsTopicWasDeletedOrGrew() {
        FakeWorld in = FakeWorld.of("topic-source");
        FakeWorld out = FakeWorld.of("topic-sink");
        try (TestingWorker worker = TestingWorker.in(folder)) {
            TestingTopics topics = new TestingTopics(worker.worker().transport());
            in.input().add("a");
            worker.apply(source("topic-source"), sink("topic-sink"));
            awaitOutput(out, 1);
            topics.delete("lines");
            in.input().add("b");
            awaitOutput(out, 2);
            topics.grow("lines", 3);
            in.input().addAll(List.of("c", "d", "e", "f", "g", "h", "i"));
            awaitOutput(out, 9);
        }
        assertThat(TestingWorker.values(out)).contains("a", "b", "c", "i");
    }

    @Test
    void aPatternThatMatchesAllNeverReadsTheWorkersOwnTopics() {
        FakeWorld world = FakeWorld.of("reads-all");
        FakeWorld.of("writes-one").input().add("a");
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(sink("reads-all", "topics", "", "topics.regex", ".*"), source("writes-one"));
            awaitOutput(world, 1);
            awaitCall(world, "open 0 [lines-0]");

            assertThat(world.calls())
                    .filteredOn(call -> call.startsWith("open"))
                    .containsExactly("open 0 [lines-0]");
        }
    }

    @Test
    void aSourcesNewTopicsAreMadeAsItsSettingsSay() {
        String name = "makes-topics";
        FakeWorld.of(name).input().add("a");
        try (TestingWorker worker = TestingWorker.in(folder)) {
            worker.apply(source(
                    name,
                    "topic",
                    "made",
                    "topic.creation.groups",
                    "g",
                    "topic.creation.default.replication.factor",
                    "3",
                    "topic.creation.default.partitions",
                    "1",
                    "topic.creation.g.include",
                    "ma.*",
                    "topic.creation.g.partitions",
                    "5",
                    "topic.creation.g.retention.ms",
                    "123456"));
            Waiting.until(
                    "the record is in the log",
                    () -> worker.connector(name).tasks().stream().anyMatch(task -> task.records() == 1));

            assertThat(new TestingTopics(worker.worker().transport()).settings("made"))
                    .isEqualTo(new TopicSettings(5, Map.of("retention.ms", "123456")));
        }
    }
}
