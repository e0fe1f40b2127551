package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.data.Schema;
import dev.sluice.api.error.DataException;
import dev.sluice.connector.jdbc.connection.FailureKind;
import dev.sluice.connector.jdbc.connection.SqlText;
import dev.sluice.connector.jdbc.dialect.WriteSql;
import dev.sluice.connector.jdbc.table.Table;
import dev.sluice.connector.jdbc.table.TableId;
import dev.sluice.connector.jdbc.table.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the plan of each record: made once for records of the same table, operation and schemas, and kept. Changes tables where the
 * settings say so. Belongs to the task's thread.
 */
final class Plans {
    private static final Logger LOG = LoggerFactory.getLogger(Plans.class);
    /** Records without a schema may come in ever new shapes. */
    private static final int KEPT_MAX = 1_000;
    /** Other tasks may change the table meanwhile; each of them changes it once. */
    private static final int TRIES_MAX = 10;
    /** A column that cannot be widened is used as it is. */
    private static final int WISHES_MAX = 2;

    private final SinkConfig config;
    private final WriteSql sql;
    private final Shapes shapes;
    private final Planner planner;
    private final TableNames names;
    private final Map<TableId, Optional<Table>> tables = new HashMap<>();
    private final Map<TableId, TableRules> rules = new HashMap<>();
    private final Map<Kind, RowPlan> plans = new LinkedHashMap<>();
    private @Nullable Recent recent;

    Plans(SinkConfig config) {
        this.config = config;
        this.sql = config.dialect().writes();
        this.shapes = new Shapes(config.valueColumn(), config.timestampFields(), config.replacesNull());
        this.planner = new Planner(
                sql,
                config.drift(),
                config.createsTables(),
                config.dropsNotNull(),
                config.zone(),
                config.hasFoldedNames() ? sql::folded : name -> name);
        this.names = config.tableNames();
    }

    /** What records have in common that share a plan; for data without schema, the names of its members. */
    private record Kind(
            TableId table,
            String topic,
            Row.Op op,
            @Nullable Object key,
            @Nullable Object value) {}

    /** The last plan and what it was for, since records of a kind come in a row. */
    private record Recent(
            String topic,
            Row.Op op,
            @Nullable Schema key,
            @Nullable Schema value,
            RowPlan plan) {
        @SuppressWarnings("ReferenceEquality") // Only the very same schema is worth the short cut.
        boolean isFor(Row row) {
            return value != null
                    && value == row.schema()
                    && key == row.keySchema()
                    && op == row.op()
                    && topic.equals(row.record().topic());
        }
    }

    /** Returns the rules of a record's table. */
    TableRules rules(Row row) {
        return rules.computeIfAbsent(names.of(row), config::rules);
    }

    TableId table(Row row) {
        return names.of(row);
    }

    /** Returns the plan for a record; executes what the table lacks. The connection is in auto-commit mode. */
    RowPlan plan(Connection connection, Row row) throws SQLException {
        Recent last = recent;
        if (last != null && last.isFor(row)) {
            return last.plan();
        }
        TableId id = names.of(row);
        Kind kind = kind(id, row);
        RowPlan known = plans.get(kind);
        if (known == null || !known.covers(row)) {
            known = make(connection, id, row);
            keep(kind, known);
        }
        // A format that asks for Debezium's source may send each record to another table.
        recent =
                row.isEvent() ? null : new Recent(row.record().topic(), row.op(), row.keySchema(), row.schema(), known);
        return known;
    }

    private void keep(Kind kind, RowPlan plan) {
        plans.put(kind, plan);
        if (plans.size() > KEPT_MAX) {
            plans.remove(plans.keySet().iterator().next());
        }
    }

    private static Kind kind(TableId id, Row row) {
        return new Kind(
                id, row.record().topic(), row.op(), form(row.keySchema(), row.key()), form(row.schema(), row.value()));
    }

    private static @Nullable Object form(@Nullable Schema schema, @Nullable Object value) {
        if (schema != null) {
            return schema;
        }
        if (value instanceof Map<?, ?> map) {
            return List.copyOf(map.keySet());
        }
        return value == null ? null : value.getClass();
    }

    private RowPlan make(Connection connection, TableId id, Row row) throws SQLException {
        for (int tries = 1; ; tries++) {
            Planner.Outcome outcome = outcome(connection, id, row);
            boolean isGivenUp = outcome.isUsableAsIs() && tries > WISHES_MAX;
            if (outcome.changes().isEmpty() || isGivenUp) {
                if (!outcome.leftOut().isEmpty() && config.drift() == Drift.LENIENT) {
                    LOG.atWarn()
                            .addKeyValue("fields", outcome.leftOut())
                            .log("table {} has no column for some fields", id);
                }
                return outcome.plan();
            }
            change(connection, id, outcome.changes(), tries, !outcome.isUsableAsIs());
            tables.remove(id);
        }
    }

    private Planner.Outcome outcome(Connection connection, TableId id, Row row) throws SQLException {
        TableRules ruled = rules.computeIfAbsent(id, config::rules);
        Shape shape = shapes.of(row, ruled);
        Optional<Table> table = table(connection, id);
        boolean isDelete = row.op() == Row.Op.DELETE;
        return table.isPresent()
                ? planner.plan(table.get(), shape, ruled.insert(), isDelete)
                : planner.planNew(id, shape, ruled.insert());
    }

    /** A change may fail because another task has just made it: then the table, read again, needs it no more. */
    private void change(Connection connection, TableId id, List<String> changes, int tries, boolean isNeeded)
            throws SQLException {
        for (String change : changes) {
            try (Statement statement = connection.createStatement()) {
                LOG.atInfo().addKeyValue("sql", change).log("changes table {}", id);
                statement.executeUpdate(change);
            } catch (SQLException failed) {
                boolean isForbidden = config.dialect().kindOf(failed) == FailureKind.FORBIDDEN;
                if (tries >= TRIES_MAX || (isForbidden && isNeeded)) {
                    throw failed;
                }
                LOG.atInfo().log("could not change table {}, looks at it again: {}", id, SqlText.of(failed));
                return;
            }
        }
    }

    Optional<Table> table(Connection connection, TableId id) throws SQLException {
        Optional<Table> known = tables.get(id);
        if (known == null) {
            known = find(connection, id);
            tables.put(id, known);
        }
        return known;
    }

    private Optional<Table> find(Connection connection, TableId id) throws SQLException {
        Optional<Table> found = Tables.find(connection, id);
        return found.isPresent() ? Optional.of(sql.refined(connection, found.get())) : found;
    }

    /** Returns the plan for a record and what it would change in the database, without changing anything. */
    Planner.Outcome dry(Connection connection, Row row) throws SQLException {
        return outcome(connection, names.of(row), row);
    }

    /** Returns what a record has in common with those of the same plan. */
    Object kindOf(Row row) {
        return kind(names.of(row), row);
    }

    /** Returns the full name of a record's table, as plans have it. */
    TableId known(Connection connection, Row row) throws SQLException {
        TableId id = names.of(row);
        return table(connection, id).map(Table::id).orElse(id);
    }

    /** Forgets all tables and plans, because something was not as they say. */
    void forget() {
        tables.clear();
        plans.clear();
        recent = null;
    }

    /** Refuses a record without a value where nothing may be deleted. */
    static void requireDeletable(Row row, TableRules rules) {
        if (!rules.deletes()) {
            throw new DataException(
                    "Cannot write a record of topic " + row.record().topic()
                            + ": it has no value, and delete.enabled is false. Set delete.enabled=true and pk.mode=record_key to"
                            + " delete the row of its key, or drop such records with a Filter transformation.");
        }
    }
}
