package dev.sluice.connector.jdbc.sink;

import dev.sluice.connector.jdbc.dialect.CopySql;
import dev.sluice.connector.jdbc.dialect.WriteSql;
import dev.sluice.connector.jdbc.table.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses how segments are written: by COPY where the database has it and there are enough rows to be worth it, otherwise by
 * statements of several rows, otherwise by batches. Pure.
 *
 * @param sql the statements of the database
 * @param rowsMax rows of a statement at most, by the settings
 */
record Steps(WriteSql sql, int rowsMax) {
    /** A stage costs two more statements, which so many rows make up for. */
    private static final int COPIED_MIN = 8;

    /**
     * Returns the steps that write segments.
     *
     * @param staged tables that take no COPY themselves: their rows go through a stage
     */
    List<Step> of(List<Segment> segments, Set<TableId> staged) {
        List<Step> steps = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.truncates()) {
                steps.add(new SqlStep(segment.table(), sql.truncate(segment.table())));
            }
            segment.deletes().forEach(group -> steps.add(delete(group)));
            segment.writes().forEach(group -> steps.add(write(group, staged)));
        }
        return steps;
    }

    private Step delete(Segment.Group group) {
        Optional<CopySql> copy = sql.copy();
        if (copy.isPresent() && group.rows().size() >= COPIED_MIN) {
            return new CopyStep(copy.get(), group.plan(), group.rows(), CopyStep.Merge.DELETE);
        }
        RowPlan plan = group.plan();
        String text = sql.delete(plan.table(), plan.keyColumns());
        return new StatementStep(sql, plan, plan.keys(), group.rows(), 1, any -> text);
    }

    private Step write(Segment.Group group, Set<TableId> staged) {
        Optional<CopySql> copy = sql.copy();
        return copy.isPresent() && group.rows().size() >= COPIED_MIN
                ? copied(copy.get(), group, staged)
                : stated(group.plan(), group.rows());
    }

    private static Step copied(CopySql copy, Segment.Group group, Set<TableId> staged) {
        RowPlan plan = group.plan();
        CopyStep.Merge merge = switch (plan.mode()) {
            case INSERT, MULTI -> plan.isView() || staged.contains(plan.table()) ? CopyStep.Merge.INSERT : null;
            case UPSERT -> CopyStep.Merge.UPSERT;
            case UPDATE -> CopyStep.Merge.UPDATE;
        };
        return new CopyStep(copy, plan, group.rows(), merge);
    }

    private Step stated(RowPlan plan, List<Row> rows) {
        if (plan.mode() == InsertMode.UPDATE) {
            return updated(plan, rows);
        }
        int perStatement = sql.hasManyRows()
                ? Math.max(1, Math.min(rowsMax, sql.bindsMax() / plan.targets().size()))
                : 1;
        if (plan.mode() == InsertMode.UPSERT) {
            return sql.upsert(plan.table(), plan.columns(), plan.keyColumns(), 1)
                    .<Step>map(any -> new StatementStep(
                            sql, plan, plan.targets(), rows, perStatement, count -> upsert(plan, count)))
                    .orElseGet(() -> new UpdateElseInsertStep(sql, plan, rows));
        }
        return new StatementStep(
                sql,
                plan,
                plan.targets(),
                rows,
                perStatement,
                count -> sql.insert(plan.table(), plan.columns(), count));
    }

    private String upsert(RowPlan plan, int rows) {
        return sql.upsert(plan.table(), plan.columns(), plan.keyColumns(), rows).orElseThrow();
    }

    private Step updated(RowPlan plan, List<Row> rows) {
        String text = sql.update(plan.table(), plan.columns(), plan.keyColumns());
        return new StatementStep(sql, plan, updateTargets(plan), rows, 1, any -> text);
    }

    /** Returns the columns in the order of an update's marks: the new values, then the key. */
    static List<RowPlan.Target> updateTargets(RowPlan plan) {
        List<RowPlan.Target> others =
                plan.targets().stream().filter(target -> !target.isKey()).toList();
        List<RowPlan.Target> ordered = new ArrayList<>(others.isEmpty() ? plan.targets() : others);
        ordered.addAll(plan.keys());
        return ordered;
    }
}
