package dev.sluice.connector.jdbc.dialect;

import dev.sluice.connector.jdbc.table.TableId;
import java.util.List;

/**
 * PostgreSQL's bulk statements: {@code COPY} into the table itself for inserts, and {@code COPY} into a temporary table, from
 * which one statement upserts, updates or deletes.
 *
 * @param names the quotes
 */
public record CopySql(Names names) {
    /** Returns the statement that takes rows in COPY's text format. */
    public String into(TableId id, List<String> columns) {
        return "COPY " + names.quoted(id) + " (" + names.list(columns) + ") FROM STDIN";
    }

    /** Returns the table in which rows wait for their statement. */
    public TableId stage(int number) {
        return TableId.of("pg_temp", "sluice_stage_" + number);
    }

    /** Returns the statement that makes a stage for columns of a table; it is empty again after each commit. */
    public String createStage(TableId stage, TableId of, List<String> columns) {
        return "CREATE TEMPORARY TABLE " + names.quoted(stage.name()) + " ON COMMIT DELETE ROWS AS SELECT "
                + names.list(columns) + " FROM " + names.quoted(of) + " WITH NO DATA";
    }

    /** Returns the statement that empties a stage within a transaction. */
    public String empty(TableId stage) {
        return "TRUNCATE " + names.quoted(stage);
    }

    /** Returns the statement that takes a stage away. */
    public String drop(TableId stage) {
        return "DROP TABLE " + names.quoted(stage);
    }

    /** Returns the statement that inserts a stage's rows. */
    public String insert(TableId id, TableId stage, List<String> columns) {
        return "INSERT INTO " + names.quoted(id) + " (" + names.list(columns) + ") SELECT " + names.list(columns)
                + " FROM " + names.quoted(stage);
    }

    /** Returns the statement that inserts a stage's rows, and updates where their keys are there already. */
    public String upsert(TableId id, TableId stage, List<String> columns, List<String> key) {
        return insert(id, stage, columns) + PostgresWrites.onConflict(names, columns, key);
    }

    /** Returns the statement that updates from a stage. */
    public String update(TableId id, TableId stage, List<String> columns, List<String> key) {
        List<String> sets = WriteSql.withoutKey(columns, key).stream()
                .map(names::quoted)
                .map(name -> name + " = s." + name)
                .toList();
        return "UPDATE " + names.quoted(id) + " t SET " + String.join(", ", sets) + " FROM " + names.quoted(stage)
                + " s WHERE " + match(key);
    }

    /** Returns the statement that deletes what stands in a stage. */
    public String delete(TableId id, TableId stage, List<String> key) {
        return "DELETE FROM " + names.quoted(id) + " t USING " + names.quoted(stage) + " s WHERE " + match(key);
    }

    private String match(List<String> key) {
        List<String> equal = key.stream()
                .map(names::quoted)
                .map(name -> "t." + name + " = s." + name)
                .toList();
        return String.join(" AND ", equal);
    }
}
