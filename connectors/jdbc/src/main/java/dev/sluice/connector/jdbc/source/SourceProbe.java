package dev.sluice.connector.jdbc.source;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.connector.jdbc.connection.ConnectionConfig;
import dev.sluice.connector.jdbc.connection.Connections;
import dev.sluice.connector.jdbc.table.TableId;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks at the database before a connector is created: what would fail later is said now, with the way out. */
final class SourceProbe {
    /** So many tables are looked at closely; of more, the first ones stand for all. */
    private static final int TABLES_MAX = 20;

    private final SourceConfig config;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private SourceProbe(SourceConfig config) {
        this.config = config;
    }

    static List<ConfigProblem> problems(SourceConfig config, Duration limit) {
        SourceProbe probe = new SourceProbe(config);
        ConnectionConfig once = new ConnectionConfig(
                config.connection().url(),
                config.connection().driver(),
                config.connection().properties(),
                1,
                Duration.ZERO,
                shorter(config.connection().timeout(), limit));
        try (Connections connections = Connections.of(once, config.dialect()::kindOf, 1, "jdbc-source-check")) {
            probe.check(connections);
        } catch (ConfigException wrong) {
            probe.error(ConnectionConfig.URL.name(), wrong);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
        return probe.problems;
    }

    private static Duration shorter(Duration one, Duration other) {
        Duration smaller = one.compareTo(other) < 0 ? one : other;
        return smaller.compareTo(Duration.ofMillis(250)) < 0 ? Duration.ofMillis(250) : smaller;
    }

    private void check(Connections connections) throws InterruptedException {
        try (Connection connection = connections.open()) {
            if (config.choice().query() != null) {
                checkTarget(connection, new Target(null, config.choice().query()), SourceKeys.QUERY.name());
                return;
            }
            List<TableId> tables = TableWatch.find(connection, config.choice());
            checkFound(tables);
            for (TableId table : tables.subList(0, Math.min(TABLES_MAX, tables.size()))) {
                checkTarget(connection, new Target(table, null), tableKey());
            }
        } catch (ConnectorException unreachable) {
            error(ConnectionConfig.URL.name(), unreachable);
        } catch (SQLException failed) {
            error(
                    ConnectionConfig.URL.name(),
                    config.dialect().kindOf(failed).exception("Cannot look at the database", failed));
        }
    }

    private String tableKey() {
        boolean isByName = !config.choice().filter().named().isEmpty();
        return isByName ? TableKeys.WHITELIST.name() : TableKeys.INCLUDE.name();
    }

    private void checkFound(List<TableId> tables) {
        String missing = config.choice().filter().missing(tables);
        if (!missing.isEmpty()) {
            problems.add(ConfigProblem.error(
                    TableKeys.WHITELIST.name(),
                    "Cannot find what table.whitelist names: there is no " + missing
                            + " among the tables that the user sees, of the kinds "
                            + config.choice().types() + ".",
                    "Correct the name, create the table, grant SELECT, or add its kind to table.types."));
        } else if (tables.isEmpty()) {
            problems.add(ConfigProblem.warning(
                    tableKey(), "The settings choose no table that is there now.", "Tables that come later are read."));
        }
    }

    private void checkTarget(Connection connection, Target target, String key) throws SQLException {
        try {
            Description found = Description.of(connection, target, config, null);
            checkReadable(connection, target);
            checkIndex(connection, target, found);
        } catch (ConnectorException unfit) {
            error(key, unfit);
        } catch (SQLException failed) {
            error(key, config.dialect().kindOf(failed).exception("Cannot read " + target.shown(), failed));
        }
    }

    private void checkReadable(Connection connection, Target target) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(1);
            boolean hasRows = statement.execute(
                    "SELECT * FROM " + target.from(config.dialect().names()) + " WHERE 1 = 0");
            assert hasRows;
        }
    }

    /** Without an index that begins with the column, each round reads the whole table. */
    private void checkIndex(Connection connection, Target target, Description found) throws SQLException {
        Order order = found.order();
        TableId table = target.table();
        if (order == null || table == null) {
            return;
        }
        String first = order.first();
        boolean isOneColumn = found.layout().columns().stream()
                .anyMatch(
                        column -> config.dialect().names().quoted(column.name()).equals(first));
        if (isOneColumn && !indexed(connection, table).contains(first)) {
            problems.add(ConfigProblem.warning(
                    order.time() == null ? SourceKeys.NUMBER_COLUMN.name() : SourceKeys.TIME_COLUMNS.name(),
                    "No index of " + target.shown() + " begins with column " + first
                            + ", so that each round reads and sorts the whole table.",
                    "Create an index on it."));
        }
    }

    private Set<String> indexed(Connection connection, TableId table) throws SQLException {
        Set<String> columns = new HashSet<>();
        DatabaseMetaData meta = connection.getMetaData();
        try (ResultSet indexes = meta.getIndexInfo(table.catalog(), table.schema(), table.name(), false, true)) {
            while (indexes.next()) {
                String column = indexes.getString("COLUMN_NAME");
                if (column != null && indexes.getInt("ORDINAL_POSITION") == 1) {
                    columns.add(config.dialect().names().quoted(column.replace("\"", "")));
                }
            }
        }
        return columns;
    }

    private void error(String key, ConnectorException failure) {
        problems.add(ConfigProblem.error(key, String.valueOf(failure.getMessage()), null));
    }
}
