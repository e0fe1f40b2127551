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
 * @param reached places that were reached without a record
 */
record Batch(
        List<SourceRecord> records,
        @Nullable RuntimeException failure,
        @Nullable SourceRecord bad,
        @Nullable DataException why,
        List<SourcePosition> reached) {
    static Batch of(List<SourceRecord> records) {
        return new Batch(records, null, null, null, List.of());
    }

    static Batch failed(RuntimeException failure) {
        return new Batch(List.of(), failure, null, null, List.of());
    }

    static Batch bad(SourceRecord row, DataException why) {
        return new Batch(List.of(), null, row, why, List.of());
    }

    static Batch reached(List<SourcePosition> places) {
        return new Batch(List.of(), null, null, null, places);
    }
}
