package dev.sluice.connector.jdbc.source;

import dev.sluice.connector.jdbc.table.ColumnType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Describes a column of a query's result.
 *
 * @param name what a record calls it
 * @param type what it holds; a domain's base type where the driver knows it
 * @param isNullable whether null may stand in it, also where nobody knows
 * @param isSigned whether a number may be negative
 * @param isCounted whether the database counts it
 */
record ResultColumn(String name, ColumnType type, boolean isNullable, boolean isSigned, boolean isCounted) {
    /** Describes what a query returns, without reading rows where the driver can do that. */
    static List<ResultColumn> of(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            ResultSetMetaData meta = statement.getMetaData();
            if (meta != null) {
                return of(meta);
            }
            statement.setMaxRows(1);
            try (ResultSet rows = statement.executeQuery()) {
                return of(rows.getMetaData());
            }
        }
    }

    private static List<ResultColumn> of(ResultSetMetaData meta) throws SQLException {
        List<ResultColumn> columns = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            columns.add(new ResultColumn(
                    meta.getColumnLabel(i),
                    new ColumnType(
                            meta.getColumnType(i), meta.getColumnTypeName(i), meta.getPrecision(i), meta.getScale(i)),
                    meta.isNullable(i) != ResultSetMetaData.columnNoNulls,
                    meta.isSigned(i),
                    meta.isAutoIncrement(i)));
        }
        return columns;
    }
}
