package dev.sluice.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.api.config.Config;
import dev.sluice.api.connector.RenderedWrite;
import dev.sluice.api.connector.SinkConnector;
import dev.sluice.api.connector.SinkTask;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.testkit.fake.FakeConnectorContext;
import dev.sluice.testkit.fake.FakeSinkTaskContext;
import dev.sluice.testkit.task.SinkTaskHarness;
import dev.sluice.testkit.task.TaskThread;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a sink's author fills in, and the part of the contract that is about starting, partitions and stopping. */
public abstract class SinkLifeCycle extends ConnectorBehaviour<SinkConnector> {
    static final TopicPartition FIRST = new TopicPartition("testing", 0);
    static final TopicPartition SECOND = new TopicPartition("testing", 1);

    SinkLifeCycle() {}

    /** Makes the outside whole again after {@link #breakOutside}. */
    @FunctionalInterface
    protected interface Mending {
        /** Mends it. */
        void mend() throws Exception;
    }

    /**
     * Returns the texts that are outside now, in the order in which they were written; where the outside keeps no order,
     * sorted, because the texts of one partition rise. Looks by itself, not by means of the connector.
     */
    protected abstract List<String> readOutside() throws Exception;

    /** Returns a record that puts a text outside; by default the text is key and value, with string schemas. */
    protected SinkRecord record(RecordCoordinates origin, String text) {
        return SinkRecord.of(origin, SchemaAndValue.string(text)).withKey(SchemaAndValue.string(text));
    }

    /** Returns what a record with a null value leaves outside; nothing unless overridden. */
    protected Optional<String> textOfNull() {
        return Optional.empty();
    }

    /** Returns the texts that a rendered write would put outside; by default the lines of its text. */
    protected List<String> textsOf(RenderedWrite write) {
        return write.text().lines().toList();
    }

    /** Makes the outside refuse writes; returns how to mend it, or empty (the default) if the test cannot do this. */
    protected Optional<Mending> breakOutside() throws Exception {
        return Optional.empty();
    }

    /** Returns what the connector can do; everything unless overridden. */
    protected Set<SinkAbility> abilities() {
        return EnumSet.allOf(SinkAbility.class);
    }

    @Override
    final void start(SinkConnector connector) {
        connector.start(new FakeConnectorContext(), config());
    }

    @Override
    final boolean splits() {
        return can(SinkAbility.SPLITS);
    }

    final boolean can(SinkAbility ability) {
        return abilities().contains(ability);
    }

    final boolean nasty() {
        return can(SinkAbility.NON_ASCII);
    }

    final SinkFeed feed(TopicPartition partition) {
        return new SinkFeed(partition, this::record);
    }

    final SinkTaskHarness startTask() {
        return startTask(taskSettings(), new FakeSinkTaskContext());
    }

    final SinkTaskHarness startTask(Map<String, String> settings, FakeSinkTaskContext context) {
        return SinkTaskHarness.start(newPlugin(), settings, context, patience());
    }

    final SinkTaskHarness startTask(TopicPartition... partitions) {
        SinkTaskHarness task = startTask();
        task.open(partitions);
        return task;
    }

    /** Checks that exactly the records of these partitions are outside, each partition in order. */
    final void assertOutside(SinkFeed... feeds) throws Exception {
        List<String> outside = readOutside();
        List<String> all = new ArrayList<>();
        for (SinkFeed feed : feeds) {
            all.addAll(feed.texts());
        }
        assertThat(outside).as("what is outside").containsExactlyInAnyOrderElementsOf(all);
        for (SinkFeed feed : feeds) {
            assertThat(outside.stream().filter(feed.texts()::contains).toList())
                    .as("order of %s", feed.partition())
                    .containsExactlyElementsOf(feed.texts());
        }
    }

    @Test
    void stopsATaskThatNeverStarted() {
        try (TaskThread thread = new TaskThread("sink")) {
            SinkTask task = newPlugin().createTask();
            assertThatCode(() -> thread.run("stop", task::stop)).doesNotThrowAnyException();
        }
    }

    @Test
    void stopsATaskWhoseStartFailed() {
        try (TaskThread thread = new TaskThread("sink")) {
            SinkConnector connector = newPlugin();
            SinkTask task = connector.createTask();
            Config config = connector.taskConfigSpec().parse(taskSettings());
            Throwable failure =
                    catchThrowable(() -> thread.run("start", () -> task.start(new RefusingContext(), config)));
            assertThatCode(() -> thread.run("stop", task::stop))
                    .as("stop after a start that ended with %s", failure)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void stopsATaskThatGotNothing() throws Exception {
        startTask(FIRST).close();
        assertThat(readOutside()).isEmpty();
    }

    @Test
    void takesAnEmptyBatch() throws Exception {
        try (SinkTaskHarness task = startTask(FIRST)) {
            task.put(List.of());
            assertThat(task.flush()).isEmpty();
        }
        assertThat(readOutside()).isEmpty();
    }

    @Test
    void claimsNothingForPartitionsItDoesNotKnow() {
        try (SinkTaskHarness task = startTask(FIRST)) {
            Map<TopicPartition, Long> claimed = task.flush(Map.of(SECOND, 0L));
            assertThat(claimed.getOrDefault(SECOND, 0L)).isZero();
            assertThatCode(() -> task.closePartitions(List.of(SECOND))).doesNotThrowAnyException();
        }
    }

    @Test
    void writesPartitionsThatComeAndGo() throws Exception {
        SinkFeed first = feed(FIRST);
        SinkFeed second = feed(SECOND);
        try (SinkTaskHarness task = startTask(FIRST)) {
            task.putRetrying(first.next(3, nasty()));
            task.open(SECOND);
            task.putRetrying(second.next(3, nasty()));
            task.flushAll();
            task.closePartitions(List.of(FIRST));
            task.putRetrying(second.next(3, nasty()));
            task.flushAll();
            task.open(FIRST);
            task.putRetrying(first.next(3, nasty()));
            task.flushAll();
        }
        assertOutside(first, second);
    }

    @Test
    void acceptsAlteredOffsetsIfItSaysSo() {
        if (can(SinkAbility.ALTERS_OFFSETS)) {
            assertThat(newPlugin().alterOffsets(settings(), offset(FIRST, 0L))).isTrue();
            assertThat(newPlugin().alterOffsets(settings(), offset(FIRST, null)))
                    .as("a reset")
                    .isTrue();
            assertThatThrownBy(() -> newPlugin().alterOffsets(settings(), offset(FIRST, -7L)))
                    .as("offset -7")
                    .isInstanceOf(ConnectorException.class)
                    .hasMessageStartingWith("Cannot ");
        } else {
            OffsetNonsense.assertDeclined(() -> newPlugin().alterOffsets(settings(), offset(FIRST, 0L)));
        }
    }

    private static Map<TopicPartition, @Nullable Long> offset(TopicPartition partition, @Nullable Long offset) {
        Map<TopicPartition, @Nullable Long> offsets = new HashMap<>();
        offsets.put(partition, offset);
        return offsets;
    }

    @Test
    void writesFromTwoTasksAtOnce() throws Exception {
        assumeTrue(splits(), "the connector has one task");
        List<Map<String, String>> settings = taskSettings(2);
        assertThat(settings).as("task settings for two tasks").hasSize(2);
        SinkFeed first = feed(FIRST);
        SinkFeed second = feed(SECOND);
        try (SinkTaskHarness one = startTask(settings.get(0), new FakeSinkTaskContext());
                SinkTaskHarness other = startTask(settings.get(1), new FakeSinkTaskContext())) {
            one.open(FIRST);
            other.open(SECOND);
            for (int round = 0; round < 5; round++) {
                one.putRetrying(first.next(20, nasty()));
                other.putRetrying(second.next(20, nasty()));
                one.flushAll();
            }
            other.flushAll();
        }
        assertOutside(first, second);
    }
}
