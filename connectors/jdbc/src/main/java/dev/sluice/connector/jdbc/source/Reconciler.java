package dev.sluice.connector.jdbc.source;

import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.Headers;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One comparison of a ledger with its table: keys that are gone from the table become tombstones.
 *
 * <p>Keys of the table that the ledger lacks are added to it first: records that were delivered before there was a ledger. A
 * key that was not seen in the table is looked for once more, by itself, just before its tombstone; a row that comes back
 * after that is read after the tombstone was handed over, so their order holds. The tombstones of one batch and the block
 * without their keys are one source position: what is interrupted between batches is repeated for none of them.
 */
final class Reconciler {
    /** Values in the query that looks for some keys: SQL Server takes 2,100. */
    private static final int LOOK_VALUES = 2_000;
    /** SQLite takes conditions that are 1,000 deep. */
    private static final int LOOK_KEYS = 500;

    private static final int FOUND_KEYS = 5_000;

    private final Target target;
    private final SourceConfig config;
    private final KeyForm form;
    private final String topic;
    private final Layout layout;
    private final Transactions transactions;
    private final Output output;
    private final KeyLedger ledger;

    /** Begins a transaction that reads. */
    interface Transactions {
        void begin() throws SQLException;
    }

    Reconciler(
            Target target,
            SourceConfig config,
            Layout layout,
            KeyLedger ledger,
            Transactions transactions,
            Output output) {
        this.target = target;
        this.config = config;
        this.form = KeyForm.of(target.shown(), layout.key());
        this.topic = target.topic(config.shape().topics());
        this.layout = keyLayout(layout);
        this.ledger = ledger;
        this.transactions = transactions;
        this.output = output;
    }

    /** The rows of a query that selects the key's columns alone. */
    private static Layout keyLayout(Layout whole) {
        StructSchema key = Objects.requireNonNull(whole.key());
        List<ResultColumn> columns =
                IntStream.of(whole.keyIndexes()).mapToObj(whole.columns()::get).toList();
        return new Layout(columns, key, key, IntStream.range(0, columns.size()).toArray(), -1);
    }

    /** Compares; returns how many tombstones were handed over. */
    long run(Connection connection) throws SQLException, InterruptedException {
        KeySet known = known();
        mark(connection, known);
        long goneCount = 0;
        for (String slot : ledger.slots()) {
            List<byte[]> keys = ledger.keys(slot);
            List<byte[]> missed =
                    keys.stream().filter(key -> !known.isLiving(key)).toList();
            goneCount += bury(connection, slot, keys, missed);
        }
        for (SourcePosition move : ledger.settle()) {
            output.reach(move);
        }
        return goneCount;
    }

    /** Returns the keys of the ledger, in which each then stands once. */
    private KeySet known() throws InterruptedException {
        KeySet known = new KeySet((int) Math.min(ledger.count(), Integer.MAX_VALUE / 8));
        for (String slot : ledger.slots()) {
            List<byte[]> keys = ledger.keys(slot);
            List<byte[]> once = keys.stream().filter(known::add).toList();
            if (once.size() < keys.size()) {
                output.reach(ledger.put(slot, once));
            }
        }
        return known;
    }

    /** Reads all keys of the table, and marks those that live. */
    private void mark(Connection connection, KeySet known) throws SQLException, InterruptedException {
        transactions.begin();
        List<byte[]> found = new ArrayList<>();
        try (Rows rows = select(connection, List.of())) {
            while (rows.next()) {
                byte[] key = key(rows);
                if (known.live(key)) {
                    found.add(key);
                }
                if (found.size() == FOUND_KEYS) {
                    remember(found);
                    found.clear();
                }
            }
        }
        connection.commit();
        if (!found.isEmpty()) {
            remember(found);
        }
    }

    private void remember(List<byte[]> keys) throws InterruptedException {
        for (SourcePosition place : ledger.add(keys)) {
            output.reach(place);
        }
    }

    private Rows select(Connection connection, List<byte[]> keys) throws SQLException {
        return new Selection(target, new Description(layout, null), new KeyRound(keys), config).open(connection);
    }

    private byte[] key(Rows row) throws SQLException {
        @Nullable Object[] values = new Object[layout.columns().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(i);
        }
        return form.bytes(Struct.ofFitting(form.schema(), values));
    }

    /** Hands over tombstones of those of a block's keys that were missed and are not there now either. */
    private long bury(Connection connection, String slot, List<byte[]> keys, List<byte[]> missed)
            throws SQLException, InterruptedException {
        Set<ByteBuffer> gone = new HashSet<>();
        List<byte[]> dead = new ArrayList<>();
        int batchRows = config.pace().batchRows();
        int step = Math.min(
                batchRows, Math.min(LOOK_KEYS, LOOK_VALUES / layout.columns().size()));
        for (int from = 0; from < missed.size(); from += step) {
            List<byte[]> some = missed.subList(from, Math.min(from + step, missed.size()));
            Set<ByteBuffer> back = living(connection, some);
            some.stream().filter(key -> !back.contains(ByteBuffer.wrap(key))).forEach(dead::add);
            boolean isLast = from + step >= missed.size();
            if (!dead.isEmpty() && (isLast || dead.size() + step > batchRows)) {
                dead.forEach(key -> gone.add(ByteBuffer.wrap(key)));
                List<byte[]> rest = keys.stream()
                        .filter(key -> !gone.contains(ByteBuffer.wrap(key)))
                        .toList();
                handOver(dead, ledger.put(slot, rest));
                dead.clear();
            }
        }
        return gone.size();
    }

    /** Returns those keys that are in the table at this moment. */
    private Set<ByteBuffer> living(Connection connection, List<byte[]> keys) throws SQLException {
        transactions.begin();
        Set<ByteBuffer> living = new HashSet<>();
        try (Rows rows = select(connection, keys)) {
            while (rows.next()) {
                living.add(ByteBuffer.wrap(key(rows)));
            }
        }
        connection.commit();
        return living;
    }

    private void handOver(List<byte[]> keys, SourcePosition behind) throws InterruptedException {
        output.flush();
        for (byte[] key : keys) {
            SchemaAndValue of = SchemaAndValue.of(form.schema(), form.key(key));
            output.add(new SourceRecord(topic, null, of, SchemaAndValue.NULL, null, Headers.EMPTY, behind), 0);
        }
        output.flush();
    }

    /** All rows, or those of some keys. */
    private final class KeyRound implements Round {
        private final List<byte[]> keys;

        KeyRound(List<byte[]> keys) {
            this.keys = keys;
        }

        @Override
        public void addWhere(Sql sql) {
            if (!keys.isEmpty()) {
                form.addAnyOf(sql.add(" WHERE "), config.dialect().names(), keys);
            }
        }

        @Override
        public Map<String, @Nullable Object> offset(Position place) {
            return Map.of();
        }
    }
}
