package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.connector.RenderedWrite;
import dev.sluice.api.error.DataException;
import dev.sluice.connector.jdbc.dialect.WriteSql;
import dev.sluice.connector.jdbc.table.TableId;
import java.sql.BatchUpdateException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows by prepared statements: several rows to a statement where the database takes that, otherwise one, and statements in
 * batches.
 *
 * @param sql the statements
 * @param plan how rows are written
 * @param targets the columns in the order of the marks
 * @param rows the rows
 * @param rowsMax how many rows a statement carries at most
 * @param text gives the statement for so many rows
 */
record StatementStep(
        WriteSql sql, RowPlan plan, List<RowPlan.Target> targets, List<Row> rows, int rowsMax, IntFunction<String> text)
        implements Step {
    private static final int BATCH_MAX = 1_000;

    @Override
    public TableId table() {
        return plan.table();
    }

    @Override
    public void execute(Work work) throws WriteFailure {
        List<Row> good = new ArrayList<>(rows.size());
        List<@Nullable Object> values = new ArrayList<>();
        int perBatch = rowsMax > 1 ? rowsMax : BATCH_MAX;
        for (Row row : rows) {
            try {
                values.addAll(values(row));
                good.add(row);
            } catch (DataException unfit) {
                work.leaveOut(row, unfit);
            }
            if (good.size() == perBatch) {
                send(work, good, values);
                good = new ArrayList<>();
                values = new ArrayList<>();
            }
        }
        if (!good.isEmpty()) {
            send(work, good, values);
        }
    }

    private List<@Nullable Object> values(Row row) {
        List<@Nullable Object> values = new ArrayList<>(targets.size());
        for (RowPlan.Target target : targets) {
            values.add(plan.bound(target, row));
        }
        return values;
    }

    private void send(Work work, List<Row> good, List<@Nullable Object> values) throws WriteFailure {
        boolean isMany = rowsMax > 1;
        try (PreparedStatement statement = work.connection().prepareStatement(text.apply(isMany ? good.size() : 1))) {
            int columns = targets.size();
            for (int i = 0; i < values.size(); i++) {
                int index = isMany ? i : i % columns;
                sql.bind(
                        statement,
                        index + 1,
                        values.get(i),
                        targets.get(i % columns).column());
                if (!isMany && index == columns - 1) {
                    statement.addBatch();
                }
            }
            if (isMany) {
                statement.executeUpdate();
            } else {
                int[] unused = statement.executeBatch();
            }
        } catch (SQLException failed) {
            throw new WriteFailure(table(), blamed(failed, good), failed);
        }
    }

    /** A driver that stops at the first failure counts those before it. */
    private @Nullable Row blamed(SQLException failed, List<Row> good) {
        if (good.size() == 1) {
            return good.get(0);
        }
        if (rowsMax > 1 || !(failed instanceof BatchUpdateException batch)) {
            return null;
        }
        int[] counts = batch.getUpdateCounts();
        return counts != null && counts.length < good.size() ? good.get(counts.length) : null;
    }

    @Override
    public List<RenderedWrite> rendered() {
        List<RenderedWrite> writes = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += rowsMax) {
            List<Row> part = rows.subList(from, Math.min(rows.size(), from + rowsMax));
            List<@Nullable Object> values = new ArrayList<>();
            part.forEach(row -> values.addAll(values(row)));
            writes.add(new RenderedWrite(
                    table().toString(), MEDIA_TYPE, text.apply(part.size()), values, Step.origins(part)));
        }
        return writes;
    }
}
