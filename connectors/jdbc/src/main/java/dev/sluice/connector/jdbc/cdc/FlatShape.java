package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.record.Header;
import dev.sluice.api.record.Headers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The row itself as the value, a tombstone for a row that is gone, and in headers what happened: {@code __op}, {@code __lsn},
 * {@code __ts_ms}, {@code __snapshot}, and where they apply {@code __txId}, {@code __unavailable} (the columns whose values are
 * not known) and {@code __transaction_id} with {@code __transaction_order}. A row whose key changed is a tombstone for the
 * old key and a row under the new one. An emptied table is a record without key and value.
 */
final class FlatShape implements RecordShape {
    private final boolean hasTransactions;

    FlatShape(boolean hasTransactions) {
        this.hasTransactions = hasTransactions;
    }

    @Override
    public List<Draft> records(Change change) {
        CapturedTable table = change.table();
        Struct after = change.after();
        Struct before = change.before();
        Struct oldKey = before == null ? null : table.key(before);
        if (after == null) {
            return List.of(draft(change, oldKey, null, change.op()));
        }
        Struct key = table.key(after);
        Draft row = draft(change, key, after, change.op());
        boolean isMoved = change.op() == Op.UPDATE && oldKey != null && !oldKey.equals(key);
        return isMoved
                ? List.of(draft(change, oldKey, null, Op.DELETE), draft(change, key, after, Op.CREATE))
                : List.of(row);
    }

    private Draft draft(Change change, @Nullable Struct key, @Nullable Struct value, Op op) {
        return new Draft(
                change.table().topic(), of(key), of(value), change.origin().at().toEpochMilli(), headers(change, op));
    }

    private static SchemaAndValue of(@Nullable Struct struct) {
        return struct == null ? SchemaAndValue.NULL : SchemaAndValue.of(struct.schema(), struct);
    }

    private Headers headers(Change change, Op op) {
        Change.Origin origin = change.origin();
        List<Header> headers = new ArrayList<>();
        headers.add(text("__op", op.letter()));
        headers.add(number("__lsn", origin.lsn().value()));
        headers.add(number("__ts_ms", origin.at().toEpochMilli()));
        headers.add(text("__snapshot", origin.mark().word()));
        if (origin.mark() == SnapshotMark.FALSE) {
            headers.add(number("__txId", origin.xid()));
        }
        if (!change.unavailable().isEmpty()) {
            headers.add(text("__unavailable", String.join(",", change.unavailable())));
        }
        if (hasTransactions && origin.mark() == SnapshotMark.FALSE) {
            headers.add(text("__transaction_id", origin.transaction()));
            headers.add(number("__transaction_order", origin.order().total()));
        }
        return Headers.of(headers);
    }

    private static Header text(String name, String value) {
        return new Header(name, SchemaAndValue.string(value));
    }

    private static Header number(String name, long value) {
        return new Header(name, SchemaAndValue.of(Schema.INT64, value));
    }
}
