package dev.sluice.connector.elasticsearch.document;

import dev.sluice.api.connector.RenderedWrite;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.connector.elasticsearch.bulk.BulkItem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a record becomes. */
public sealed interface Outcome {
    /** Returns the record. */
    SinkRecord record();

    /**
     * An operation of a bulk request.
     *
     * @param index the index, alias or data stream that it is written to
     * @param item the operation
     */
    record Item(String index, BulkItem<SinkRecord> item) implements Outcome {
        @Override
        public SinkRecord record() {
            return item.origin();
        }

        /** Returns the exact lines that are sent. */
        public RenderedWrite rendered() {
            StringBuilder text = new StringBuilder();
            for (ByteBuffer line : item.lines()) {
                text.append(StandardCharsets.UTF_8.decode(line.duplicate()));
            }
            return new RenderedWrite(
                    index, "application/x-ndjson", text.toString(), List.of(), List.of(record().origin()));
        }
    }

    /**
     * Nothing is to be written for the record, by a setting.
     *
     * @param record the record
     * @param reason why, in a sentence
     */
    record Dropped(SinkRecord record, String reason) implements Outcome {}

    /**
     * A bad record.
     *
     * @param record the record
     * @param reason what is wrong with it
     */
    record Refused(SinkRecord record, DataException reason) implements Outcome {}
}
