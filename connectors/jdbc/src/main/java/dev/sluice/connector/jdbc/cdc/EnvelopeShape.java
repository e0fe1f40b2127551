package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.Header;
import dev.sluice.api.record.Headers;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's envelope: {@code before}, {@code after}, {@code source}, {@code transaction}, {@code op}, {@code ts_ms},
 * {@code ts_us}, {@code ts_ns}. Differs in one thing: of an old row that is not known in full, {@code before} has the columns that
 * are, under a schema of its own, instead of zeros and empty texts.
 */
final class EnvelopeShape implements RecordShape {
    private static final String VERSION = "1.0";
    private static final int SCHEMAS_MAX = 10_000;

    private static final StructSchema SOURCE = Schema.struct("io.debezium.connector.postgresql.Source")
            .field("version", Schema.STRING)
            .field("connector", Schema.STRING)
            .field("name", Schema.STRING)
            .field("ts_ms", Schema.INT64)
            .field("snapshot", Schema.STRING.optional().withDefault("false"))
            .field("db", Schema.STRING)
            .field("sequence", Schema.STRING.optional())
            .field("ts_us", Schema.INT64.optional())
            .field("ts_ns", Schema.INT64.optional())
            .field("schema", Schema.STRING)
            .field("table", Schema.STRING)
            .field("txId", Schema.INT64.optional())
            .field("lsn", Schema.INT64.optional())
            .field("xmin", Schema.INT64.optional())
            .build();

    private static final Schema BLOCK = Schema.struct("event.block")
            .field("id", Schema.STRING)
            .field("total_order", Schema.INT64)
            .field("data_collection_order", Schema.INT64)
            .build()
            .optional();

    private final CdcConfig.Format format;
    private final String name;
    private final String database;
    private final Clock clock;
    private final IdentityHashMap<StructSchema, StructSchema> envelopes = new IdentityHashMap<>();

    /**
     * Makes the shape.
     *
     * @param name what records say where they come from
     * @param clock tells when a record is made
     */
    EnvelopeShape(CdcConfig.Format format, String name, String database, Clock clock) {
        this.format = format;
        this.name = name;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public List<Draft> records(Change change) {
        CapturedTable table = change.table();
        Struct after = change.after();
        Struct before = change.before();
        Struct oldKey = before == null ? null : table.key(before);
        if (after == null) {
            return deleted(change, oldKey, Headers.EMPTY);
        }
        Struct key = table.key(after);
        boolean isMoved = change.op() == Op.UPDATE && oldKey != null && !oldKey.equals(key);
        return isMoved
                ? moved(change, oldKey, key)
                : List.of(draft(change, key, envelope(change, change.op(), before, after), Headers.EMPTY));
    }

    private List<Draft> moved(Change change, @Nullable Struct oldKey, @Nullable Struct key) {
        List<Draft> gone = deleted(change, oldKey, header("__debezium.newkey", key));
        Struct created = envelope(change, Op.CREATE, null, change.after());
        Draft row = draft(change, key, created, header("__debezium.oldkey", oldKey));
        return gone.size() == 1 ? List.of(gone.get(0), row) : List.of(gone.get(0), gone.get(1), row);
    }

    private List<Draft> deleted(Change change, @Nullable Struct key, Headers headers) {
        Op op = change.op() == Op.TRUNCATE ? Op.TRUNCATE : Op.DELETE;
        Draft gone = draft(change, key, envelope(change, op, change.before(), null), headers);
        return format.hasTombstones() && key != null
                ? List.of(gone, draft(change, key, null, Headers.EMPTY))
                : List.of(gone);
    }

    private static Headers header(String name, @Nullable Struct key) {
        return key == null ? Headers.EMPTY : Headers.of(new Header(name, SchemaAndValue.of(key.schema(), key)));
    }

    private static Draft draft(Change change, @Nullable Struct key, @Nullable Struct value, Headers headers) {
        Headers all = change.unavailable().isEmpty() || value == null
                ? headers
                : headers.with("__unavailable", String.join(",", change.unavailable()));
        return new Draft(
                change.table().topic(),
                key == null ? SchemaAndValue.NULL : SchemaAndValue.of(key.schema(), key),
                value == null ? SchemaAndValue.NULL : SchemaAndValue.of(value.schema(), value),
                change.origin().at().toEpochMilli(),
                all);
    }

    private Struct envelope(Change change, Op op, @Nullable Struct before, @Nullable Struct after) {
        StructSchema schema = schema(change.table(), after);
        Instant now = clock.instant();
        return Struct.ofFitting(schema, new @Nullable Object[] {
            before,
            after,
            source(change),
            block(change),
            op.letter(),
            now.toEpochMilli(),
            micros(now),
            ChronoUnit.NANOS.between(Instant.EPOCH, now)
        });
    }

    private StructSchema schema(CapturedTable table, @Nullable Struct after) {
        if (envelopes.size() > SCHEMAS_MAX) {
            envelopes.clear();
        }
        StructSchema row = after == null ? table.rowSchema() : after.schema();
        return envelopes.computeIfAbsent(
                row,
                absent -> Schema.struct(table.topic() + ".Envelope")
                        .field("before", table.oldSchema().optional())
                        .field("after", absent.optional())
                        .field("source", SOURCE)
                        .field("transaction", BLOCK)
                        .field("op", Schema.STRING)
                        .field("ts_ms", Schema.INT64.optional())
                        .field("ts_us", Schema.INT64.optional())
                        .field("ts_ns", Schema.INT64.optional())
                        .build());
    }

    private Struct source(Change change) {
        Change.Origin origin = change.origin();
        boolean isStream = origin.mark() == SnapshotMark.FALSE;
        String sequence =
                "[\"" + origin.commitLsn().value() + "\",\"" + origin.lsn().value() + "\"]";
        return Struct.ofFitting(SOURCE, new @Nullable Object[] {
            VERSION,
            "postgresql",
            name,
            origin.at().toEpochMilli(),
            origin.mark().word(),
            database,
            sequence,
            micros(origin.at()),
            micros(origin.at()) * 1_000,
            change.table().id().schema(),
            change.table().id().name(),
            isStream ? origin.xid() : null,
            origin.lsn().value(),
            null
        });
    }

    private @Nullable Struct block(Change change) {
        Change.Origin origin = change.origin();
        if (!format.hasTransactions() || origin.mark() != SnapshotMark.FALSE) {
            return null;
        }
        return Struct.builder((StructSchema) BLOCK)
                .set("id", origin.transaction())
                .set("total_order", origin.order().total())
                .set("data_collection_order", origin.order().ofTable())
                .build();
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
