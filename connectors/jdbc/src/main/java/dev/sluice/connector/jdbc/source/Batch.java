package dev.sluice.connector.jdbc.source;

import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the reading thread hands over at a time.
 *
 * @param records rows in order
 * @param failure why reading stopped, or null
 * @param bad a row that cannot be a record, without its contents, or null
 * @param why why it cannot
 * @param reached a place that was reached without a record, or null
 */
record Batch(
        List<SourceRecord> records,
        @Nullable RuntimeException failure,
        @Nullable SourceRecord bad,
        @Nullable DataException why,
        @Nullable SourcePosition reached) {
    static Batch of(List<SourceRecord> records) {
        return new Batch(records, null, null, null, null);
    }

    static Batch failed(RuntimeException failure) {
        return new Batch(List.of(), failure, null, null, null);
    }

    static Batch bad(SourceRecord row, DataException why) {
        return new Batch(List.of(), null, row, why, null);
    }

    static Batch reached(SourcePosition place) {
        return new Batch(List.of(), null, null, null, place);
    }
}
