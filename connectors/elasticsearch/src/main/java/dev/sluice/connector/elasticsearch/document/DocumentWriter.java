package dev.sluice.connector.elasticsearch.document;

import dev.sluice.api.data.Encoded;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.connector.elasticsearch.bulk.BulkItem;
import dev.sluice.connector.elasticsearch.client.Cluster;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    private static final int RETRY_ON_CONFLICT = 5;

    private final DocumentConfig config;
    private final WriteMethod method;
    private final NullValues onNull;
    private final IndexNames names;
    private final Ids ids;
    private final Versions versions;
    private final BodyLines bodies;
    private final List<FieldPath> timeFields;
    private final List<FieldPath> streamTimes;
    private final @Nullable Template routing;
    private final @Nullable Template pipeline;
    private final @Nullable Joins joins;
    private final @Nullable Indices indices;
    private final FieldRules fields;
    /** The topic of each index whose versions are offsets. */
    private final Map<String, String> owners = new HashMap<>();

    private final LineBuffer buffer = new LineBuffer();

    private DocumentWriter(DocumentConfig config, @Nullable Cluster cluster) {
        this.config = config;
        this.method = config.method();
        this.onNull = config.onNull();
        this.names = new IndexNames(config.names());
        this.ids = new Ids(config.ids());
        this.versions = config.versions();
        this.timeFields = config.timeFields();
        this.streamTimes = config.streamTimes();
        this.routing = config.routing();
        this.pipeline = config.pipeline();
        this.joins = config.joins();
        this.fields = config.fields();
        this.bodies = new BodyLines(config, buffer);
        this.indices = cluster == null
                ? null
                : new Indices(
                        cluster,
                        new IndexSetup(cluster, config.templates()),
                        new Mappings(config.mappings()),
                        config.drift());
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

    /**
     * Returns where a record is written to, whatever it becomes. Asks nobody.
     *
     * @throws DataException if what the record says cannot be a name
     */
    public Target target(SinkRecord record) {
        return names.target(new RecordView(record, timeFields));
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
        var unused = prepare(target, null, record.topic());
        Versions.Version version = method.isVersioned() ? version(record, target) : null;
        if (onNull == NullValues.CLEAR) {
            action(view, "update", target, id, null);
            bodies.clear();
        } else {
            action(view, "delete", target, id, version);
        }
        // Its version counts for a minute only (index.gc_deletes): then a late write of an older one would bring the
        // document back. So it is not called versioned, and the order is kept as for those without a version.
        return item(record, target, id, null, List.of(buffer.copyFrom(0)));
    }

    private Outcome document(SinkRecord record) {
        RecordView view = new RecordView(record, timeFields);
        Target target = names.target(view);
        String id = ids.id(view);
        IdMode mode = ids.mode(record.topic());
        boolean isVersioned = method.isVersioned() && !target.isStream() && mode != IdMode.KAFKA && mode != IdMode.NONE;
        Versions.Version version = isVersioned ? version(record, target) : null;
        Map<String, ?> added = added(view, target);
        ByteBuffer json = fields.isAll() ? bodies.unparsed(record.value(), added) : null;
        Fit fit = prepare(target, json == null ? schema(record) : null, record.topic());
        action(view, method.action(), target, id, version);
        List<ByteBuffer> lines = json == null
                ? bodies.written(record, fields.in(record.topic()), fit, added)
                : bodies.passed(record, json, added);
        return item(record, target, id, version, lines);
    }

    /** What stands in the document that is no field of the record. */
    private Map<String, ?> added(RecordView view, Target target) {
        if (!target.isStream() && joins == null) {
            return Map.of();
        }
        Map<String, Object> added = new LinkedHashMap<>();
        if (target.isStream()) {
            added.put("@timestamp", timestamp(view.record()));
        }
        if (joins != null) {
            added.putAll(joins.value(view));
        }
        return added;
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
        return record.value().schema() instanceof StructSchema struct && !config.isSchemaIgnored(record.topic())
                ? struct
                : null;
    }

    private Fit prepare(Target target, @Nullable StructSchema schema, String topic) {
        return indices == null ? Fit.WHOLE : indices.prepare(target, schema, fields.in(topic));
    }

    private Versions.@Nullable Version version(SinkRecord record, Target target) {
        if (versions.areOffsets()) {
            requireOneTopic(record, target);
        }
        return versions.of(record);
    }

    /** Offsets of one topic say nothing about another's: newer documents would be refused as old, and nobody would know. */
    private void requireOneTopic(SinkRecord record, Target target) {
        String topic = record.origin().partition().topic();
        String owner = owners.putIfAbsent(target.name(), topic);
        if (owner != null && !owner.equals(topic)) {
            throw new ConnectorException(
                    "Cannot write topic " + topic + " into index " + target.name() + ": topic " + owner
                            + " is written there too, and versions of documents are offsets, which cannot be compared"
                            + " between topics. Set document.version to none or timestamp, or give each topic an index"
                            + " of its own.");
        }
    }

    private void action(
            RecordView view, String action, Target target, @Nullable String id, Versions.@Nullable Version version) {
        buffer.plain("{\"");
        buffer.plain(action);
        buffer.plain("\":{\"_index\":");
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
        if (action.equals("update")) {
            buffer.plain(",\"retry_on_conflict\":");
            buffer.number(RETRY_ON_CONFLICT);
        }
        member(",\"routing\":", routingText(view));
        if (pipeline != null && (action.equals("index") || action.equals("create"))) {
            member(",\"pipeline\":", pipeline.fill(view, "choose an ingest pipeline"));
        }
        buffer.plain("}}\n");
    }

    private @Nullable String routingText(RecordView view) {
        if (routing != null) {
            return routing.fill(view, "route a document");
        }
        return joins == null ? null : joins.parentId(view);
    }

    private void member(String name, @Nullable String value) {
        if (value != null) {
            buffer.plain(name);
            buffer.text(value);
        }
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
