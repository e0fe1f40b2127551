package dev.sluice.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.testkit.fake.FakeErrantRecords;
import dev.sluice.testkit.fake.FakeSinkTaskContext;
import dev.sluice.testkit.task.SinkTaskHarness;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The part of a sink's contract that is about what it takes and what it refuses: nasty texts, nulls, deletes. */
public abstract class SinkRefusals extends SinkLifeCycle {
    SinkRefusals() {}

    @Test
    void takesOrRefusesNonAsciiText() throws Exception {
        SinkFeed feed = feed(FIRST);
        List<SinkRecord> records = feed.next(20, true);
        if (!nasty()) {
            assertRefused(records);
            return;
        }
        try (SinkTaskHarness task = startTask(FIRST)) {
            task.putRetrying(records);
            task.flushAll();
        }
        assertOutside(feed);
    }

    @Test
    void takesOrRefusesNullValues() throws Exception {
        SinkFeed feed = feed(FIRST);
        SinkRecord before = feed.next(1, nasty()).get(0);
        SinkRecord tombstone = record(feed.nextPlace(), "unknown").withValue(SchemaAndValue.NULL);
        if (!can(SinkAbility.NULL_VALUES)) {
            assertRefused(List.of(tombstone));
            return;
        }
        try (SinkTaskHarness task = startTask(FIRST)) {
            task.putRetrying(List.of(before, tombstone));
            task.flushAll();
        }
        List<String> expected = new ArrayList<>(feed.texts());
        textOfNull().ifPresent(expected::add);
        assertThat(readOutside()).containsExactlyElementsOf(expected);
    }

    /** Checks that records are refused one by one where errors are tolerated, and fail the task where they are not. */
    private void assertRefused(List<SinkRecord> records) {
        FakeSinkTaskContext tolerant = new FakeSinkTaskContext();
        FakeErrantRecords errant = tolerant.tolerateErrors(records.size());
        assertRefused(new FakeSinkTaskContext(), records);
        if (!tries(tolerant, records)) {
            return;
        }
        assertThat(errant.reports())
                .as("reported, or thrown as a DataException")
                .isNotEmpty()
                .allSatisfy(report -> assertThat(report.failure()).hasMessageStartingWith("Cannot "));
    }

    private void assertRefused(FakeSinkTaskContext context, List<SinkRecord> records) {
        assertThatThrownBy(() -> write(context, records))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("Cannot ");
    }

    /** Returns whether the task got over the records; a refusal is fine too. */
    private boolean tries(FakeSinkTaskContext context, List<SinkRecord> records) {
        try {
            write(context, records);
            return true;
        } catch (DataException refused) {
            return false;
        }
    }

    private void write(FakeSinkTaskContext context, List<SinkRecord> records) {
        try (SinkTaskHarness task = startTask(taskSettings(), context)) {
            task.open(FIRST);
            task.put(records);
            task.flushAll();
        }
    }

    @Test
    void deletesIfItSaysSo() throws Exception {
        assumeTrue(can(SinkAbility.NULL_VALUES), "the connector takes no null values");
        SinkFeed feed = feed(FIRST);
        List<SinkRecord> records = feed.next(3, nasty());
        SinkRecord middle = records.get(1);
        SinkRecord delete = record(feed.nextPlace(), feed.texts().get(1)).withValue(SchemaAndValue.NULL);
        try (SinkTaskHarness task = startTask(FIRST)) {
            task.putRetrying(records);
            task.flushAll();
            task.putRetrying(List.of(delete));
            task.flushAll();
        }
        List<String> expected = new ArrayList<>(feed.texts());
        if (can(SinkAbility.DELETES)) {
            expected.remove(feed.texts().get(1));
        } else {
            textOfNull().ifPresent(expected::add);
        }
        assertThat(readOutside()).as("after the delete of %s", middle).containsExactlyElementsOf(expected);
    }
}
