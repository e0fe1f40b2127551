package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.connector.RenderedWrite;
import dev.sluice.api.error.DataException;
import dev.sluice.connector.jdbc.dialect.CopySql;
import dev.sluice.connector.jdbc.table.TableId;
import dev.sluice.connector.jdbc.type.TextBuffer;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Gives rows to PostgreSQL by COPY: into the table itself for inserts, or into a stage, from which one statement merges them.
 *
 * @param sql the statements
 * @param plan how rows are written
 * @param rows the rows
 * @param merge what is done with the stage; null to copy into the table itself
 */
record CopyStep(
        CopySql sql, RowPlan plan, List<Row> rows, @Nullable Merge merge) implements Step {
    private static final int CHUNK = 64 * 1024;
    private static final Pattern LINE = Pattern.compile("^COPY .*, line (\\d+)", Pattern.MULTILINE);
    private static final TableId ANY_STAGE = TableId.of("pg_temp", "sluice_stage");

    /** What is done with the rows of a stage. */
    enum Merge {
        /** Insert them. */
        INSERT,
        /** Insert or update. */
        UPSERT,
        /** Update. */
        UPDATE,
        /** Delete those that have the keys. */
        DELETE
    }

    @Override
    public TableId table() {
        return plan.table();
    }

    private List<String> columns() {
        return plan.columns();
    }

    private String merging(Merge how, TableId stage) {
        return switch (how) {
            case INSERT -> sql.insert(table(), stage, columns());
            case UPSERT -> sql.upsert(table(), stage, columns(), plan.keyColumns());
            case UPDATE -> sql.update(table(), stage, columns(), plan.keyColumns());
            case DELETE -> sql.delete(table(), stage, plan.keyColumns());
        };
    }

    @Override
    public void prepare(Work work) throws SQLException {
        if (merge != null) {
            work.stages().prepare(work.connection(), sql, table(), columns());
        }
    }

    @Override
    public void execute(Work work) throws WriteFailure {
        Merge how = merge;
        if (how == null) {
            copy(work, table());
            return;
        }
        try {
            TableId stage = work.stages().take(work.connection(), sql, table(), columns());
            copy(work, stage);
            try (Statement statement = work.connection().createStatement()) {
                statement.executeUpdate(merging(how, stage));
            }
        } catch (SQLException failed) {
            throw new WriteFailure(table(), rows.size() == 1 ? rows.get(0) : null, failed);
        }
    }

    private void copy(Work work, TableId into) throws WriteFailure {
        List<Row> sent = new ArrayList<>(rows.size());
        try {
            CopyIn copy =
                    new CopyManager(work.connection().unwrap(BaseConnection.class)).copyIn(sql.into(into, columns()));
            try {
                send(work, copy, sent);
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        } catch (SQLException failed) {
            throw new WriteFailure(table(), blamed(failed, sent), failed);
        }
    }

    private void send(Work work, CopyIn copy, List<Row> sent) throws SQLException {
        TextBuffer buffer = work.buffer();
        for (Row row : rows) {
            int start = buffer.size();
            try {
                plan.copy(row, buffer);
                sent.add(row);
            } catch (DataException unfit) {
                buffer.truncate(start);
                work.leaveOut(row, unfit);
            }
            if (buffer.size() >= CHUNK) {
                copy.writeToCopy(buffer.bytes(), 0, buffer.size());
                buffer.truncate(0);
            }
        }
        copy.writeToCopy(buffer.bytes(), 0, buffer.size());
        long unused = copy.endCopy();
    }

    /** The server says at which line it stopped. */
    private static @Nullable Row blamed(SQLException failed, List<Row> sent) {
        ServerErrorMessage said = failed instanceof PSQLException told ? told.getServerErrorMessage() : null;
        String where = said == null ? null : said.getWhere();
        Matcher line = LINE.matcher(where == null ? "" : where);
        if (!line.find()) {
            return sent.size() == 1 ? sent.get(0) : null;
        }
        int index = Integer.parseInt(line.group(1)) - 1;
        return index >= 0 && index < sent.size() ? sent.get(index) : null;
    }

    @Override
    public List<RenderedWrite> rendered() {
        TextBuffer buffer = TextBuffer.ofCopy(CHUNK);
        List<@Nullable Object> lines = new ArrayList<>();
        for (Row row : rows) {
            buffer.truncate(0);
            plan.copy(row, buffer);
            lines.add(buffer.toString().stripTrailing());
        }
        TableId into = merge == null ? table() : ANY_STAGE;
        RenderedWrite copy =
                new RenderedWrite(table().toString(), MEDIA_TYPE, sql.into(into, columns()), lines, Step.origins(rows));
        return merge == null
                ? List.of(copy)
                : List.of(
                        copy,
                        new RenderedWrite(
                                table().toString(), MEDIA_TYPE, merging(merge, ANY_STAGE), List.of(), List.of()));
    }
}
