package dev.sluice.plugin.standard.transform;

import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.ConnectRecord;
import dev.sluice.api.record.SinkRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One field that {@link InsertField} adds.
 *
 * @param name the field's name
 * @param schema the field's schema
 * @param source what schemaless records get
 */
record Insertion(String name, Schema schema, Source source) {
    private static final Schema TIMESTAMP = LogicalType.TIMESTAMP.schema();

    /** Where the value comes from; null where a record does not have it. */
    interface Source {
        @Nullable
        Object of(ConnectRecord<?> record);
    }

    private static Insertion of(String given, Schema schema, Source source) {
        boolean isRequired = given.endsWith("!");
        String name = isRequired || given.endsWith("?") ? given.substring(0, given.length() - 1) : given;
        return new Insertion(name, isRequired ? schema : schema.optional(), source);
    }

    static Insertion topic(String name) {
        return of(name, Schema.STRING, ConnectRecord::topic);
    }

    static Insertion partition(String name) {
        return of(name, Schema.INT32, ConnectRecord::partition);
    }

    static Insertion offset(String name, Requirements requirements) {
        return of(name, Schema.INT64, record -> {
            if (record instanceof SinkRecord sink) {
                return sink.origin().offset();
            }
            throw requirements.field(
                    name, "is for the offset, which records of a source do not have yet", "Remove offset.field.");
        });
    }

    static Insertion timestamp(String name) {
        return of(name, TIMESTAMP, ConnectRecord::timestampMillis);
    }

    static Insertion text(String name, @Nullable String text) {
        return of(name, Schema.STRING, record -> text);
    }

    /** Returns what a struct gets: the schema's own Java type, which schemaless records do without. */
    @Nullable
    Object fieldValue(ConnectRecord<?> record, Requirements requirements) throws DataException {
        Object value = source.of(record);
        if (value == null) {
            if (!schema.isOptional()) {
                throw requirements.field(
                        name,
                        "is required, but this record has no value for it",
                        "Write ? in place of ! behind its name.");
            }
            return null;
        }
        return schema.name() == null ? value : Instant.ofEpochMilli((Long) value);
    }
}
