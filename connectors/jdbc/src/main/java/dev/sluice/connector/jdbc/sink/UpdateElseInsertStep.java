package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.connector.RenderedWrite;
import dev.sluice.api.error.DataException;
import dev.sluice.connector.jdbc.dialect.WriteSql;
import dev.sluice.connector.jdbc.table.TableId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Upserts in a database that has no statement for it: updates each row, and inserts it where there was none to update.
 *
 * @param sql the statements
 * @param plan how rows are written
 * @param rows the rows
 */
record UpdateElseInsertStep(WriteSql sql, RowPlan plan, List<Row> rows) implements Step {
    @Override
    public TableId table() {
        return plan.table();
    }

    private String update() {
        return sql.update(table(), plan.columns(), plan.keyColumns());
    }

    private String insert() {
        return sql.insert(table(), plan.columns(), 1);
    }

    @Override
    public void execute(Work work) throws WriteFailure {
        for (Row row : rows) {
            try {
                int updated = execute(work, update(), Steps.updateTargets(plan), row);
                if (updated == 0) {
                    int unused = execute(work, insert(), plan.targets(), row);
                }
            } catch (SQLException failed) {
                throw new WriteFailure(table(), row, failed);
            } catch (DataException unfit) {
                work.leaveOut(row, unfit);
            }
        }
    }

    private int execute(Work work, String text, List<RowPlan.Target> targets, Row row) throws SQLException {
        try (PreparedStatement statement = work.connection().prepareStatement(text)) {
            int index = 1;
            for (RowPlan.Target target : targets) {
                sql.bind(statement, index++, plan.bound(target, row), target.column());
            }
            return statement.executeUpdate();
        }
    }

    @Override
    public List<RenderedWrite> rendered() {
        List<RenderedWrite> writes = new ArrayList<>();
        for (Row row : rows) {
            writes.add(rendered(update(), Steps.updateTargets(plan), row, true));
            writes.add(rendered(insert(), plan.targets(), row, false));
        }
        return writes;
    }

    private RenderedWrite rendered(String text, List<RowPlan.Target> targets, Row row, boolean hasOrigin) {
        List<@Nullable Object> values = new ArrayList<>();
        targets.forEach(target -> values.add(plan.bound(target, row)));
        return new RenderedWrite(
                table().toString(), MEDIA_TYPE, text, values, hasOrigin ? Step.origins(List.of(row)) : List.of());
    }
}
