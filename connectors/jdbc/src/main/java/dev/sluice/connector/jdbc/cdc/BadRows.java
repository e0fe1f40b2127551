package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.connector.ErrantRecordReporter;
import dev.sluice.api.connector.SourceTaskContext;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.Headers;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of a row that its schema cannot express. Task thread. */
@FunctionalInterface
interface BadRows {
    /**
     * Takes such a row.
     *
     * @param row the values as texts; null if only the old row was there
     * @param position behind it
     * @throws DataException the reason, if the settings tolerate no errors
     */
    void take(CapturedTable table, @Nullable Tuple row, SourcePosition position, DataException why);

    /** Returns what reports them as the connector's settings ask. The runtime stores no later position before that is done. */
    static BadRows reportedTo(SourceTaskContext context) {
        return (table, row, position, why) -> {
            ErrantRecordReporter reporter = context.errantRecords().orElseThrow(() -> why);
            SchemaAndValue value = row == null ? SchemaAndValue.NULL : SchemaAndValue.schemaless(texts(table, row));
            SourceRecord record =
                    new SourceRecord(table.topic(), null, SchemaAndValue.NULL, value, null, Headers.EMPTY, position);
            var unused = reporter.report(record, why);
        };
    }

    private static Map<String, @Nullable String> texts(CapturedTable table, Tuple row) {
        Map<String, @Nullable String> texts = new LinkedHashMap<>();
        for (int i = 0; i < table.columns().size(); i++) {
            texts.put(table.columns().get(i).name(), row.text(i));
        }
        return texts;
    }
}
