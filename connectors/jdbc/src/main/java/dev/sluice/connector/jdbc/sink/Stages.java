package dev.sluice.connector.jdbc.sink;

import dev.sluice.connector.jdbc.dialect.CopySql;
import dev.sluice.connector.jdbc.table.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/**
 * The temporary tables in which PostgreSQL takes rows before one statement merges them: one for each table and list of columns. They
 * live as long as their connection. Belongs to the task's thread.
 */
final class Stages {
    private static final int COUNT_MAX = 100;

    private final Map<Key, TableId> stages = new LinkedHashMap<>();
    private final Set<TableId> filled = new HashSet<>();
    private @Nullable Connection owner;
    private int made;

    private record Key(TableId table, List<String> columns) {}

    /** Makes the stage of a table's columns, if this connection does not have it. Outside a transaction. */
    @SuppressWarnings("ReferenceEquality") // Another connection has none of the tables of this one.
    void prepare(Connection connection, CopySql sql, TableId table, List<String> columns) throws SQLException {
        Connection physical = connection.unwrap(BaseConnection.class);
        if (physical != owner) {
            stages.clear();
            owner = physical;
        }
        Key key = new Key(table, columns);
        if (stages.containsKey(key)) {
            return;
        }
        TableId stage = sql.stage(++made);
        try (Statement statement = connection.createStatement()) {
            if (stages.size() >= COUNT_MAX) {
                Iterator<TableId> oldest = stages.values().iterator();
                statement.executeUpdate(sql.drop(oldest.next()));
                oldest.remove();
            }
            statement.executeUpdate(sql.createStage(stage, table, columns));
        }
        stages.put(key, stage);
    }

    /** Returns the stage, empty. */
    TableId take(Connection connection, CopySql sql, TableId table, List<String> columns) throws SQLException {
        TableId stage = stages.get(new Key(table, columns));
        if (stage == null) {
            throw new IllegalStateException("a stage was not prepared: " + table + columns);
        }
        if (!filled.add(stage)) {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate(sql.empty(stage));
            }
        }
        return stage;
    }

    /** All stages are empty after a commit and after a rollback. */
    void onTransactionEnd() {
        filled.clear();
    }

    /** Forgets all, because tables may have changed. Their stages stay with the connection. */
    void forget() {
        stages.clear();
    }
}
