package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.data.Schema;
import dev.sluice.api.data.Struct;
import dev.sluice.api.record.SinkRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record as the sink sees it: what it asks for, its key, and the values of its row, taken out of Debezium's envelope if there is one. */
final class Row {
    private final SinkRecord record;
    private final Op op;
    private final boolean isEvent;
    private final @Nullable Schema keySchema;
    private final @Nullable Object key;
    private final @Nullable Schema schema;
    private final @Nullable Object value;

    /** What a record asks for. */
    enum Op {
        /** Insert, upsert or update. */
        WRITE,
        /** Delete. */
        DELETE,
        /** Empty the table. */
        TRUNCATE,
        /** Nothing that concerns a table. */
        NONE
    }

    private Row(SinkRecord record, Op op, boolean isEvent, @Nullable Schema schema, @Nullable Object value) {
        this.record = record;
        this.op = op;
        this.isEvent = isEvent;
        this.keySchema = record.key().schema();
        this.key = record.key().value();
        this.schema = schema;
        this.value = value;
    }

    static Row of(SinkRecord record) {
        Schema schema = record.value().schema();
        Object value = record.value().value();
        if (value == null) {
            return new Row(record, Op.DELETE, false, null, null);
        }
        boolean isEvent = value instanceof Struct struct
                ? Envelope.is(struct.schema())
                : value instanceof Map<?, ?> map && Envelope.is(map);
        return isEvent ? ofEvent(record, value) : new Row(record, Op.WRITE, false, schema, value);
    }

    private static Row ofEvent(SinkRecord record, Object event) {
        Op op = Envelope.op(event);
        Object values = Envelope.part(event, op == Op.DELETE ? "before" : "after");
        Op meant = values == null && op == Op.WRITE ? Op.NONE : op;
        return new Row(record, meant, true, values instanceof Struct struct ? struct.schema() : null, values);
    }

    SinkRecord record() {
        return record;
    }

    Op op() {
        return op;
    }

    /** Returns whether it came in an envelope of Debezium. */
    boolean isEvent() {
        return isEvent;
    }

    @Nullable
    Schema keySchema() {
        return keySchema;
    }

    @Nullable
    Object key() {
        return key;
    }

    @Nullable
    Schema schema() {
        return schema;
    }

    @Nullable
    Object value() {
        return value;
    }

    /** Returns what Debezium says of the origin under a name, or null. */
    @Nullable
    Object source(String name) {
        return isEvent ? Envelope.part(Envelope.part(record.value().value(), "source"), name) : null;
    }
}
