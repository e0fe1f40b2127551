package dev.sluice.connector.elasticsearch.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.connector.elasticsearch.sink.OffsetTracker.Tracked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Offsets are safe up to the first record that is not finished, in whatever order they finish. */
final class OffsetTrackerTest {
    private static final TopicPartition FIRST = new TopicPartition("orders", 0);
    private static final TopicPartition SECOND = new TopicPartition("orders", 1);

    private final OffsetTracker tracker = new OffsetTracker();

    private List<Tracked> begin(TopicPartition partition, long... offsets) {
        List<Tracked> begun = new ArrayList<>();
        for (long offset : offsets) {
            begun.add(tracker.begin(
                    SinkRecord.of(new RecordCoordinates(partition, offset), SchemaAndValue.string("text"))));
        }
        return begun;
    }

    private long safe(TopicPartition partition, long given) {
        return tracker.safe(Map.of(partition, given)).getOrDefault(partition, -1L);
    }

    @Test
    void stopsAtTheFirstThatIsNotFinished() {
        List<Tracked> records = begin(FIRST, 5, 6, 7, 9);
        assertThat(safe(FIRST, 10)).isEqualTo(5);
        tracker.done(records.get(1));
        tracker.done(records.get(3));
        assertThat(safe(FIRST, 10)).isEqualTo(5);
        tracker.done(records.get(0));
        assertThat(safe(FIRST, 10)).isEqualTo(7);
        assertThat(tracker.held()).isEqualTo(2);
        tracker.done(records.get(2));
        assertThat(safe(FIRST, 12)).as("what was dropped on the way counts too").isEqualTo(12);
        assertThat(tracker.held()).isZero();
    }

    @Test
    void keepsNoRecordThatIsDoneBehindOneThatIsNot() {
        List<Tracked> records = begin(FIRST, 1, 2);
        tracker.done(records.get(1));
        assertThat(tracker.held()).isEqualTo(2);
        assertThat(records.get(1).isDone()).isTrue();
        assertThatThrownBy(records.get(1)::record).hasMessage("A record that is done was let go.");
        assertThat(records.get(0).record().origin().offset()).isEqualTo(1);
    }

    @Test
    void keepsPartitionsApart() {
        List<Tracked> first = begin(FIRST, 1);
        List<Tracked> second = begin(SECOND, 1);
        tracker.done(second.get(0));
        assertThat(safe(SECOND, 2)).isEqualTo(2);
        assertThat(safe(FIRST, 2)).isEqualTo(1);
        tracker.done(first.get(0));
        assertThat(safe(FIRST, 2)).isEqualTo(2);
    }

    @Test
    void claimsNoMoreThanItWasGiven() {
        List<Tracked> records = begin(FIRST, 1, 2, 3);
        tracker.done(records.get(0));
        tracker.done(records.get(1));
        assertThat(safe(FIRST, 2)).isEqualTo(2);
        assertThat(safe(SECOND, 0)).isZero();
    }

    @Test
    void goesBackWithAPartitionThatIsReadAgain() {
        List<Tracked> before = begin(FIRST, 1, 2, 3);
        List<Tracked> again = begin(FIRST, 1, 2, 3);
        tracker.done(before.get(0));
        tracker.done(before.get(1));
        assertThat(safe(FIRST, 4)).isEqualTo(1);
        tracker.done(again.get(0));
        assertThat(safe(FIRST, 4)).isEqualTo(2);
        tracker.done(before.get(2));
        tracker.done(again.get(1));
        tracker.done(again.get(2));
        assertThat(safe(FIRST, 4)).isEqualTo(4);
    }

    @Test
    void forgetsPartitionsAndWhatIsStillUnderWayForThem() {
        List<Tracked> records = begin(FIRST, 1, 2);
        tracker.forget(List.of(FIRST, SECOND));
        assertThat(tracker.held()).isZero();
        tracker.done(records.get(0));
        begin(FIRST, 1);
        assertThat(safe(FIRST, 2)).isEqualTo(1);
        assertThat(tracker.held()).isEqualTo(1);
    }
}
