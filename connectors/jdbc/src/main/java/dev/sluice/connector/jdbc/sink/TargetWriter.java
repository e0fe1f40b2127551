package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.connector.RenderedWrite;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.connector.jdbc.connection.Connections;
import dev.sluice.connector.jdbc.table.TableId;
import dev.sluice.connector.jdbc.type.TextBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches: plans each record, puts the rows in order, and executes all in one transaction, which stands as a whole or not at
 * all. Belongs to the task's thread.
 */
final class TargetWriter {
    private static final Logger LOG = LoggerFactory.getLogger(TargetWriter.class);
    private static final int BUFFER = 128 * 1024;
    /** A larger buffer, grown by a large row, is not kept. */
    private static final int BUFFER_KEPT_MAX = 4 * 1024 * 1024;
    /** So many records of a batch that the database points at are taken out of it; then the runtime divides the batch. */
    private static final int POINTED_MAX = 20;

    private final SinkConfig config;
    private final Connections connections;
    private final Plans plans;
    private final Steps steps;
    private final Failures failures;
    private final @Nullable OffsetTable offsets;
    private final Stages stages = new Stages();
    /** Tables that refused COPY, as those do whose row-level security binds the user. */
    private final Set<TableId> staged = new HashSet<>();

    private TextBuffer buffer = TextBuffer.ofCopy(BUFFER);

    TargetWriter(SinkConfig config, Connections connections, @Nullable OffsetTable offsets) {
        this.config = config;
        this.connections = connections;
        this.plans = new Plans(config);
        this.steps = new Steps(config.dialect().writes(), config.statementRowsMax());
        this.failures = new Failures(config);
        this.offsets = offsets;
    }

    /** What a transaction works with. */
    private final class Transaction implements Work {
        private final Connection connection;
        private final Errants errants;

        Transaction(Connection connection, Errants errants) {
            this.connection = connection;
            this.errants = errants;
        }

        @Override
        public Connection connection() {
            return connection;
        }

        @Override
        public Stages stages() {
            return stages;
        }

        @Override
        public TextBuffer buffer() {
            if (buffer.bytes().length > BUFFER_KEPT_MAX) {
                buffer = TextBuffer.ofCopy(BUFFER);
            }
            buffer.truncate(0);
            return buffer;
        }

        @Override
        public void leaveOut(Row row, DataException reason) {
            errants.add(row.record(), reason);
        }
    }

    /**
     * Writes records in one transaction.
     *
     * @throws dev.sluice.api.error.ConnectorException of the type that says what to do
     */
    void write(List<SinkRecord> records, Errants errants) throws InterruptedException {
        boolean hasForgotten = false;
        while (true) {
            Connection connection = connections.open();
            try {
                writeOn(new Transaction(connection, errants), records);
                return;
            } catch (WriteFailure failed) {
                rollback(connection, failed.reason());
                if (failures.isStale(failed.reason()) && !hasForgotten) {
                    hasForgotten = true;
                    forget();
                } else if (!isNewlyStaged(failed) && !takesOut(failed, errants)) {
                    throw failures.of(failed);
                }
            } catch (SQLException failed) {
                rollback(connection, failed);
                if (!failures.isStale(failed) || hasForgotten) {
                    throw failures.of(failed, tables(records));
                }
                hasForgotten = true;
                forget();
            } catch (RuntimeException failed) {
                rollback(connection, null);
                throw failed;
            } finally {
                stages.onTransactionEnd();
                giveBack(connection);
            }
        }
    }

    private void forget() {
        plans.forget();
        stages.forget();
    }

    /** Whether a table has just shown that it takes no COPY itself. */
    private boolean isNewlyStaged(WriteFailure failed) {
        return failures.isUnsupported(failed.reason()) && staged.add(failed.table());
    }

    /** Takes a record out that the database points at; the others are tried without it. */
    private boolean takesOut(WriteFailure failed, Errants errants) {
        Row row = failed.row();
        if (row == null
                || !errants.isTolerant()
                || errants.count() >= POINTED_MAX
                || !failures.isRecord(failed.reason())) {
            return false;
        }
        errants.add(row.record(), failures.ofRecord(failed));
        return true;
    }

    private void writeOn(Transaction transaction, List<SinkRecord> records) throws SQLException, WriteFailure {
        Connection connection = transaction.connection();
        Map<TopicPartition, Long> places = places(records);
        OffsetTable kept = offsets;
        if (kept != null) {
            kept.makeSure(connection);
        }
        List<Step> work =
                steps.of(batch(connection, records, transaction.errants).segments(), staged);
        for (Step step : work) {
            step.prepare(transaction);
        }
        connection.setAutoCommit(false);
        if (kept != null) {
            kept.advance(connection, places);
        }
        for (Step step : work) {
            step.execute(transaction);
        }
        if (kept == null) {
            connection.commit();
            var unused = transaction.errants.report();
            return;
        }
        // Once offsets are committed, nobody reads these records again: their reports go first.
        transaction.errants.reportAndWait();
        kept.becomeUnsure();
        connection.commit();
        kept.onCommitted(places);
    }

    /** Returns the offset after the last record of each partition. */
    private static Map<TopicPartition, Long> places(List<SinkRecord> records) {
        Map<TopicPartition, Long> places = new LinkedHashMap<>();
        for (SinkRecord record : records) {
            places.merge(record.origin().partition(), record.origin().offset() + 1, Math::max);
        }
        return places;
    }

    private Batch batch(Connection connection, List<SinkRecord> records, Errants errants) throws SQLException {
        Batch batch = new Batch();
        OffsetTable kept = offsets;
        for (SinkRecord record : records) {
            if (errants.contains(record) || (kept != null && kept.hasSeen(record))) {
                continue;
            }
            try {
                add(connection, Row.of(record), batch);
            } catch (DataException unfit) {
                errants.add(record, unfit);
            }
        }
        return batch;
    }

    private void add(Connection connection, Row row, Batch batch) throws SQLException {
        switch (row.op()) {
            case WRITE ->
                batch.write(plans.plan(connection, row), row, plans.rules(row).deletes());
            case DELETE -> delete(connection, row, batch);
            case TRUNCATE -> {
                if (config.truncates()) {
                    batch.truncate(plans.known(connection, row));
                }
            }
            case NONE -> {}
        }
    }

    private void delete(Connection connection, Row row, Batch batch) throws SQLException {
        TableRules rules = plans.rules(row);
        if (!rules.deletes() && row.isEvent()) {
            return;
        }
        Plans.requireDeletable(row, rules);
        batch.delete(plans.plan(connection, row), row);
    }

    /** Only after a commit or a rollback: what is open in a connection that is given back might be committed. */
    private void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException failed) {
            LOG.atDebug().setCause(failed).log("could not give a connection back, discards it");
            connections.discard(connection);
        }
    }

    private void rollback(Connection connection, @Nullable SQLException reason) {
        try {
            if (reason != null && failures.isConnectionLost(reason)) {
                connections.discard(connection);
            } else if (!connection.isClosed() && !connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException second) {
            LOG.atDebug().setCause(second).log("could not roll back, discards the connection");
            connections.discard(connection);
        }
    }

    private Set<String> tables(List<SinkRecord> records) {
        Set<String> names = new TreeSet<>();
        records.forEach(record -> names.add(plans.table(Row.of(record)).toString()));
        return names;
    }

    /** Returns what {@link #write} would send: changes of tables first, then the rows. Changes nothing. */
    List<RenderedWrite> render(List<SinkRecord> records) throws InterruptedException {
        Map<String, RenderedWrite> changes = new LinkedHashMap<>();
        Batch batch = new Batch();
        try (Connection connection = connections.open()) {
            Map<Object, RowPlan> made = new LinkedHashMap<>();
            for (SinkRecord record : records) {
                Row row = Row.of(record);
                if (row.op() == Row.Op.WRITE || row.op() == Row.Op.DELETE) {
                    renderInto(connection, row, batch, made, changes);
                }
            }
        } catch (SQLException failed) {
            throw failures.of(failed, tables(records));
        }
        List<RenderedWrite> writes = new ArrayList<>(changes.values());
        steps.of(batch.segments(), staged).forEach(step -> writes.addAll(step.rendered()));
        return writes;
    }

    private void renderInto(
            Connection connection, Row row, Batch batch, Map<Object, RowPlan> made, Map<String, RenderedWrite> changes)
            throws SQLException {
        RowPlan known = made.get(plans.kindOf(row));
        if (known == null || !known.covers(row)) {
            Planner.Outcome outcome = plans.dry(connection, row);
            for (String change : outcome.changes()) {
                changes.putIfAbsent(
                        change,
                        new RenderedWrite(
                                outcome.plan().table().toString(), Step.MEDIA_TYPE, change, List.of(), List.of()));
            }
            known = outcome.plan();
            made.put(plans.kindOf(row), known);
        }
        if (row.op() == Row.Op.DELETE) {
            Plans.requireDeletable(row, plans.rules(row));
            batch.delete(known, row);
        } else {
            batch.write(known, row, plans.rules(row).deletes());
        }
    }
}
