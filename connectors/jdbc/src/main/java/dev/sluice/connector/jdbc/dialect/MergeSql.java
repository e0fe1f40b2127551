package dev.sluice.connector.jdbc.dialect;

import java.util.List;

/** The standard's MERGE, which SQL Server and Oracle share but for how rows of values are written. */
final class MergeSql {
    private MergeSql() {}

    /**
     * Returns the statement without its end.
     *
     * @param sql quotes names
     * @param target the table, called {@code t}
     * @param source rows of values, called {@code s}, whose columns bear the table's names
     */
    static String of(WriteSql sql, String target, String source, List<String> columns, List<String> key) {
        List<String> others =
                columns.stream().filter(column -> !key.contains(column)).toList();
        String update = others.isEmpty()
                ? ""
                : " WHEN MATCHED THEN UPDATE SET " + sql.each(others, name -> "t." + name + " = s." + name, ", ");
        return "MERGE INTO " + target + " USING " + source + " ON ("
                + sql.each(key, name -> "t." + name + " = s." + name, " AND ") + ")" + update
                + " WHEN NOT MATCHED THEN INSERT (" + sql.names().list(columns) + ") VALUES ("
                + sql.each(columns, name -> "s." + name, ", ") + ")";
    }
}
