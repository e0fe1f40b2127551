package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the records that tell the begin and end of transactions, in Debezium's form. Pure. */
final class TransactionTopic {
    private static final StructSchema KEY = Schema.struct("io.debezium.connector.common.TransactionMetadataKey")
            .field("id", Schema.STRING)
            .build();
    private static final StructSchema COLLECTION = Schema.struct("event.collection")
            .field("data_collection", Schema.STRING)
            .field("event_count", Schema.INT64)
            .build();
    private static final StructSchema VALUE = Schema.struct("io.debezium.connector.common.TransactionMetadataValue")
            .field("status", Schema.STRING)
            .field("id", Schema.STRING)
            .field("event_count", Schema.INT64.optional())
            .field("data_collections", Schema.array(COLLECTION).optional())
            .field("ts_ms", Schema.INT64)
            .build();

    private final String topic;

    TransactionTopic(String topic) {
        this.topic = topic;
    }

    Draft begin(String id, long atMillis) {
        return draft(id, atMillis, "BEGIN", null, null);
    }

    /**
     * Tells the end.
     *
     * @param counts how many changes there were, by table
     */
    Draft end(String id, long atMillis, Map<String, Long> counts) {
        List<Struct> collections = new ArrayList<>();
        counts.forEach(
                (table, count) -> collections.add(Struct.ofFitting(COLLECTION, new @Nullable Object[] {table, count})));
        long sum = counts.values().stream().mapToLong(Long::longValue).sum();
        return draft(id, atMillis, "END", sum, collections);
    }

    private Draft draft(
            String id, long atMillis, String status, @Nullable Long count, @Nullable List<Struct> collections) {
        Struct key = Struct.ofFitting(KEY, new @Nullable Object[] {id});
        Struct value = Struct.ofFitting(VALUE, new @Nullable Object[] {status, id, count, collections, atMillis});
        return new Draft(topic, SchemaAndValue.of(KEY, key), SchemaAndValue.of(VALUE, value), atMillis, Headers.EMPTY);
    }
}
