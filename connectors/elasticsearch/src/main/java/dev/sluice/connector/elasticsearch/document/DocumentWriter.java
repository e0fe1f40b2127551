package dev.sluice.connector.elasticsearch.document;

import dev.sluice.api.data.Encoded;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.connector.elasticsearch.bulk.BulkItem;
import dev.sluice.connector.elasticsearch.client.Cluster;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes operations of bulk requests from records. Belongs to the task's thread.
 *
 * <p>Values that are JSON already go into the request as they are, without being copied or parsed, unless a setting looks into them.
 */
public final class DocumentWriter {
    private static final ByteBuffer LINE_END = ByteBuffer.wrap(new byte[] {'\n'});

    private final DocumentConfig config;
    private final WriteMethod method;
    private final NullValues onNull;
    private final IndexNames names;
    private final Ids ids;
    private final Versions versions;
    private final Bodies bodies;
    private final List<FieldPath> timeFields;
    private final List<FieldPath> streamTimes;
    private final @Nullable Indices indices;
    private final LineBuffer buffer = new LineBuffer();

    private DocumentWriter(DocumentConfig config, @Nullable Cluster cluster) {
        this.config = config;
        this.method = config.method();
        this.onNull = config.onNull();
        this.names = new IndexNames(config.names());
        this.ids = new Ids(config.ids());
        this.versions = config.versions();
        this.bodies = new Bodies(config.bodies());
        this.timeFields = config.timeFields();
        this.streamTimes = config.streamTimes();
        this.indices = cluster == null ? null : new Indices(cluster, new Mappings(config.bodies()));
    }

    /** Makes operations, and sees to it that the indices are there which they write to. */
    public static DocumentWriter of(DocumentConfig config, Cluster cluster) {
        return new DocumentWriter(config, cluster);
    }

    /** Only makes operations, as they would be if the indices were there: for looking at them. */
    public static DocumentWriter forRendering(DocumentConfig config) {
        return new DocumentWriter(config, null);
    }

    /**
     * Returns what a record becomes. The first record of an index, and of a schema in it, may ask the cluster.
     *
     * @throws dev.sluice.api.error.RetriableException if the cluster had to be asked and does not answer now; nothing was kept, so the
     *     same record may be given again
     * @throws dev.sluice.api.error.ConnectorException if the cluster refuses to create the index or its mapping
     */
    public Outcome write(SinkRecord record) {
        try {
            buffer.clear();
            return isTombstone(record.value()) ? tombstone(record) : document(record);
        } catch (DataException bad) {
            return new Outcome.Refused(record, bad);
        }
    }

    /** Looks again at an index at its next record, because the server says that it is not there, or not as it was. */
    public void forget(String index) {
        if (indices != null) {
            indices.forget(index);
        }
    }

    private static boolean isTombstone(SchemaAndValue value) {
        if (value.isNull()) {
            return true;
        }
        Optional<byte[]> json = value.encodedAs(Encoded.JSON);
        return json.isPresent() ? JsonBytes.isNull(json.get()) : value.value() == null;
    }

    private Outcome tombstone(SinkRecord record) {
        return switch (onNull) {
            case IGNORE -> new Outcome.Dropped(record, "It has no value, and behavior.on.null.values is ignore.");
            case FAIL ->
                throw new DataException(
                        "Cannot write a record without a value: behavior.on.null.values is fail. Set it to"
                                + " delete or ignore if such records are meant.");
            case DELETE, CLEAR ->
                record.key().isNull() && ids.mode(record.topic()) == IdMode.RECORD_KEY
                        ? new Outcome.Dropped(record, "It has neither key nor value, so there is nothing to delete.")
                        : delete(record);
        };
    }

    private Outcome delete(SinkRecord record) {
        RecordView view = new RecordView(record, timeFields);
        Target target = names.target(view);
        String id = ids.id(view);
        if (id == null || ids.mode(record.topic()) == IdMode.KAFKA) {
            return new Outcome.Dropped(record, "It has no value, and no document has an id of its key.");
        }
        prepare(target, null, record.topic());
        Versions.Version version = method.isVersioned() ? versions.of(record) : null;
        action("delete", target, id, version);
        return item(record, target, id, version, List.of(buffer.copyFrom(0)));
    }

    private Outcome document(SinkRecord record) {
        RecordView view = new RecordView(record, timeFields);
        Target target = names.target(view);
        String id = ids.id(view);
        Versions.Version version = hasVersion(record, target) ? versions.of(record) : null;
        Map<String, ?> added = target.isStream() ? Map.of("@timestamp", timestamp(record)) : Map.of();
        ByteBuffer json = added.isEmpty() ? unparsed(record.value()) : null;
        prepare(target, json == null ? schema(record) : null, record.topic());
        action(method.action(), target, id, version);
        if (json != null) {
            return item(record, target, id, version, List.of(buffer.copyFrom(0), json, LINE_END.duplicate()));
        }
        bodies.write(buffer, record.value().value(), FieldRules.ALL, added);
        buffer.write('\n');
        return item(record, target, id, version, List.of(buffer.copyFrom(0)));
    }

    private boolean hasVersion(SinkRecord record, Target target) {
        IdMode mode = ids.mode(record.topic());
        return method.isVersioned() && !target.isStream() && mode != IdMode.KAFKA && mode != IdMode.NONE;
    }

    private static @Nullable ByteBuffer unparsed(SchemaAndValue value) {
        Optional<byte[]> json = value.encodedAs(Encoded.JSON);
        if (json.isEmpty()) {
            return null;
        }
        ByteBuffer line = JsonBytes.line(json.get());
        if (line == null) {
            throw new DataException(
                    "Cannot make a document of the value: it is no JSON object, or has a line feed within a text."
                            + " Correct it where it is made.");
        }
        return line;
    }

    private Object timestamp(SinkRecord record) {
        for (FieldPath path : streamTimes) {
            Object value = path.of(record.value().value());
            if (value != null) {
                return value;
            }
        }
        Long millis = record.timestampMillis();
        if (millis == null) {
            throw new DataException(
                    "Cannot add the document to a data stream: the record has no timestamp for @timestamp. Name a"
                            + " field in data.stream.timestamp.field.");
        }
        return millis;
    }

    private @Nullable StructSchema schema(SinkRecord record) {
        Schema schema = record.value().schema();
        return schema instanceof StructSchema struct && !config.isSchemaIgnored(record.topic()) ? struct : null;
    }

    private void prepare(Target target, @Nullable StructSchema schema, String topic) {
        if (indices != null) {
            indices.prepare(target, schema, FieldRules.ALL.in(topic));
        }
    }

    private void action(String action, Target target, @Nullable String id, Versions.@Nullable Version version) {
        buffer.plain("{\"" + action + "\":{\"_index\":");
        buffer.text(target.name());
        if (id != null) {
            buffer.plain(",\"_id\":");
            buffer.text(id);
        }
        if (version != null) {
            buffer.plain(
                    version.takesEqual()
                            ? ",\"version_type\":\"external_gte\",\"version\":"
                            : ",\"version_type\":\"external\",\"version\":");
            buffer.number(version.number());
        }
        buffer.plain("}}\n");
    }

    private Outcome item(
            SinkRecord record,
            Target target,
            @Nullable String id,
            Versions.@Nullable Version version,
            List<ByteBuffer> lines) {
        // No other record has the id if it is made of this one's place.
        DocumentId document =
                id == null || ids.mode(record.topic()) == IdMode.KAFKA ? null : new DocumentId(target.name(), id);
        boolean isVersioned = version != null && !version.takesEqual();
        return new Outcome.Item(target.name(), new BulkItem<>(document, isVersioned, lines, record));
    }
}
