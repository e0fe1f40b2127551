package dev.sluice.connector.jdbc.source;

import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of the rows of one round, with the offset behind each, and hands them over.
 *
 * <p>Where a place may be shared by several rows, each row waits for the next one: the offset stays just before their time
 * until the last of them, so that a stop in between repeats rows and loses none.
 */
final class Emitter {
    private static final SourcePosition NOT_YET = new SourcePosition(Map.of(), Map.of());

    private final Source source;
    private final Layout layout;
    private final Round round;
    private final Output output;
    private final boolean isHolding;
    private @Nullable Held held;
    private @Nullable Map<String, @Nullable Object> offset;

    /** What all records of a table have in common. */
    record Source(String shown, String topic, Map<String, @Nullable Object> partition, DeleteMark deletes) {}

    /** A row that waits, as a record without its place, or why it is none. */
    private record Held(
            @Nullable SourceRecord record, @Nullable DataException why, Position place, long sizeBytes) {}

    Emitter(Source source, Layout layout, Round round, Output output, boolean isHolding) {
        this.source = source;
        this.layout = layout;
        this.round = round;
        this.output = output;
        this.isHolding = isHolding;
    }

    /** Returns the offset behind the last record that was handed over, or null if there was none. */
    @Nullable
    Map<String, @Nullable Object> offset() {
        return offset;
    }

    void emit(Rows rows, Position place) throws SQLException, InterruptedException {
        if (isHolding) {
            Held next = make(rows, place);
            release(place.time());
            held = next;
            return;
        }
        Map<String, @Nullable Object> after = round.offset(place);
        SourcePosition position = new SourcePosition(source.partition, after);
        try {
            SourceRecord record = layout.record(rows, source.topic, source.deletes, position);
            output.add(record, rows.sizeBytes());
        } catch (DataException wrong) {
            output.addBad(bad(position), explained(wrong, place));
        }
        offset = after;
    }

    void end() throws InterruptedException {
        release(null);
    }

    private Held make(Rows rows, Position place) throws SQLException {
        try {
            SourceRecord record = layout.record(rows, source.topic, source.deletes, NOT_YET);
            return new Held(record, null, place, rows.sizeBytes());
        } catch (DataException wrong) {
            return new Held(null, wrong, place, rows.sizeBytes());
        }
    }

    private void release(@Nullable Instant nextTime) throws InterruptedException {
        Held last = held;
        if (last == null) {
            return;
        }
        Instant time = Objects.requireNonNull(last.place.time());
        Position justBefore = new Position(time.minusNanos(1_000), null, List.of());
        Map<String, @Nullable Object> after = round.offset(time.equals(nextTime) ? justBefore : last.place);
        SourcePosition position = new SourcePosition(source.partition, after);
        SourceRecord record = last.record;
        if (record == null) {
            output.addBad(bad(position), explained(Objects.requireNonNull(last.why), last.place));
        } else {
            output.add(at(record, position), last.sizeBytes);
        }
        offset = after;
        held = null;
    }

    private static SourceRecord at(SourceRecord record, SourcePosition position) {
        return new SourceRecord(
                record.topic(),
                record.partition(),
                record.key(),
                record.value(),
                record.timestampMillis(),
                record.headers(),
                position);
    }

    private SourceRecord bad(SourcePosition position) {
        return SourceRecord.of(source.topic, SchemaAndValue.NULL, position);
    }

    private DataException explained(DataException wrong, Position place) {
        return new DataException(
                wrong.getMessage() + " The row is in " + source.shown + " at " + place.toMap() + ".", wrong);
    }
}
