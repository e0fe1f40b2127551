package dev.sluice.connector.jdbc.cdc;

import dev.sluice.connector.jdbc.dialect.Names;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Reads one table by {@code COPY … TO STDOUT}, row by row as they come over the socket. The connection can do nothing else until
 * all rows were read. Task thread.
 */
final class TableCopy {
    private static final String KEY_TYPES = "SELECT format_type(atttypid, NULL) FROM pg_catalog.pg_attribute"
            + " WHERE attrelid = ?::bigint::oid AND attname = ?";

    private final Published table;
    private final CopyOut out;
    private final int[] keyIndexes;
    private CapturedTable captured;

    private TableCopy(Published table, CapturedTable captured, CopyOut out) {
        this.table = table;
        this.captured = captured;
        this.keyIndexes = captured.keyIndexes();
        this.out = out;
    }

    /**
     * Begins to read.
     *
     * @param after the key behind which to begin, as texts; empty to begin at the first row
     */
    static TableCopy open(Connection connection, Published table, CapturedTable captured, List<String> after)
            throws SQLException {
        List<String> keys = Arrays.stream(captured.keyIndexes())
                .mapToObj(captured.columns()::get)
                .map(CapturedColumn::name)
                .toList();
        List<String> conditions = new ArrayList<>();
        if (table.rowFilter() != null) {
            conditions.add("(" + table.rowFilter() + ")");
        }
        if (!after.isEmpty() && after.size() == keys.size()) {
            conditions.add(behind(connection, table, keys, after));
        }
        String names = Names.STANDARD.list(
                captured.columns().stream().map(CapturedColumn::name).toList());
        String sql = "COPY (SELECT " + names + " FROM " + (table.isPartitioned() ? "" : "ONLY ") + table.quoted()
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + (keys.isEmpty() ? "" : " ORDER BY " + Names.STANDARD.list(keys))
                + ") TO STDOUT";
        return new TableCopy(
                table,
                captured,
                connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql));
    }

    /** COPY takes no bind values; the session's settings do, and stand for them in the condition. */
    private static String behind(Connection connection, Published table, List<String> keys, List<String> after)
            throws SQLException {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            set(connection, "sluice.key" + i, after.get(i));
            values.add("current_setting('sluice.key" + i + "')::"
                    + type(connection, table.relation().id(), keys.get(i)));
        }
        return "(" + Names.STANDARD.list(keys) + ") > (" + String.join(", ", values) + ")";
    }

    private static void set(Connection connection, String name, String value) throws SQLException {
        try (PreparedStatement setting = connection.prepareStatement("SELECT set_config(?, ?, true)")) {
            setting.setString(1, name);
            setting.setString(2, value);
            try (ResultSet row = setting.executeQuery()) {
                assert row.next();
            }
        }
    }

    private static String type(Connection connection, long relation, String column) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(KEY_TYPES)) {
            query.setLong(1, relation);
            query.setString(2, column);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("column " + column + " is gone", "42703");
                }
                return row.getString(1);
            }
        }
    }

    /** Returns the next row as it came, or null after the last. */
    byte @Nullable [] next() throws SQLException {
        return out.readFromCopy();
    }

    Published table() {
        return table;
    }

    CapturedTable captured() {
        return captured;
    }

    /** Returns the table's description under which a row fits. */
    CapturedTable fitting(Tuple row) {
        int wrong = captured.wrongNull(row);
        while (wrong >= 0) {
            captured = captured.withNullable(wrong);
            wrong = captured.wrongNull(row);
        }
        return captured;
    }

    /** Returns the texts of a row's key; empty if the table has none, or a part of it is null. */
    List<String> key(Tuple row) {
        List<@Nullable String> texts =
                IntStream.of(keyIndexes).mapToObj(row::text).collect(Collectors.toCollection(ArrayList::new));
        return texts.contains(null)
                ? List.of()
                : texts.stream().map(String::valueOf).toList();
    }
}
