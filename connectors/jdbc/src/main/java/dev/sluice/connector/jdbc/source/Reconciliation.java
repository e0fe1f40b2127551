package dev.sluice.connector.jdbc.source;

import dev.sluice.api.connector.OffsetReader;
import dev.sluice.api.data.Struct;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers the keys that a table's records had, and tells from time to time which of them are gone from the table. Belongs
 * to the reading thread.
 */
final class Reconciliation implements Output.Ahead {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    /** So many new keys may stand in the ledger beside those of before, until it is gone through ahead of its time. */
    private static final long ADDED_MAX = 1_000_000;

    private final Target target;
    private final SourceConfig config;
    private final OffsetReader offsets;
    private final String writer;
    private final Duration interval;
    private final LongSupplier nanoTime;
    private @Nullable KeyForm form;
    private @Nullable KeyLedger ledger;
    private long lastNanos;
    private boolean hasRun;

    /**
     * Makes one that knows nothing yet.
     *
     * @param writer what the slots of its ledger begin with
     */
    Reconciliation(Target target, SourceConfig config, OffsetReader offsets, String writer, LongSupplier nanoTime) {
        this.target = target;
        this.config = config;
        this.offsets = offsets;
        this.writer = writer;
        this.interval = Objects.requireNonNull(config.pace().reconcileInterval());
        this.nanoTime = nanoTime;
    }

    /** Learns what the table looks like now, before its rows are read. */
    void follow(Layout layout) {
        KeyForm now = KeyForm.of(target.shown(), layout.key());
        KeyForm before = form;
        if (before == null || !before.signature().equals(now.signature())) {
            ledger = KeyLedger.of(target, writer, offsets, now);
        }
        form = now;
    }

    /** The keys of records that are about to be handed over. A tombstone leaves nothing that would have to be told later. */
    @Override
    public List<SourcePosition> of(List<SourceRecord> records) {
        List<byte[]> keys = new ArrayList<>(records.size());
        for (SourceRecord record : records) {
            if (!record.value().isNull()) {
                keys.add(Objects.requireNonNull(form)
                        .bytes((Struct) Objects.requireNonNull(record.key().value())));
            }
        }
        return keys.isEmpty() ? List.of() : Objects.requireNonNull(ledger).add(keys);
    }

    boolean isDue() {
        KeyLedger kept = Objects.requireNonNull(ledger);
        boolean isFull = kept.addedCount() > ADDED_MAX && kept.addedCount() > kept.count() / 2;
        return !hasRun || isFull || nanoTime.getAsLong() - lastNanos >= interval.toNanos();
    }

    /** Compares ledger and table. */
    void run(Connection connection, Layout layout, Reconciler.Transactions transactions, Output output)
            throws SQLException, InterruptedException {
        long began = nanoTime.getAsLong();
        KeyLedger kept = Objects.requireNonNull(ledger);
        Reconciler reconciler = new Reconciler(target, config, layout, kept, transactions, output);
        long goneCount = reconciler.run(connection);
        lastNanos = nanoTime.getAsLong();
        hasRun = true;
        LOG.atInfo()
                .addKeyValue("table", target.shown())
                .addKeyValue("keys", kept.count())
                .addKeyValue("gone", goneCount)
                .addKeyValue("durationMs", Duration.ofNanos(lastNanos - began).toMillis())
                .log("keys that were delivered were compared with the table");
    }
}
