package dev.sluice.connector.jdbc.cdc;

import dev.sluice.connector.jdbc.cdc.TableFacts.ColumnFacts;
import dev.sluice.connector.jdbc.table.ColumnType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks the catalog what the stream does not say of a table: which columns may be null, what the primary key is, and what types
 * are called. The catalog tells what holds now, the stream what held then; a column that was changed since is taken as the stream
 * says, and as nullable. Of a domain, the type below it counts.
 */
final class Catalog {
    private static final String COLUMNS = "SELECT a.attname, a.atttypid::bigint, a.atttypmod,"
            + " a.attnotnull OR (t.typtype = 'd' AND t.typnotnull) FROM pg_catalog.pg_attribute a"
            + " JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
            + " WHERE a.attrelid = ?::bigint::oid AND a.attnum > 0 AND NOT a.attisdropped";
    private static final String KEY = "SELECT a.attname FROM pg_catalog.pg_index i"
            + " CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY k (number, place)"
            + " JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number"
            + " WHERE i.indrelid = ?::bigint::oid AND i.indisprimary AND k.place <= i.indnkeyatts ORDER BY k.place";
    private static final String TYPE = "WITH RECURSIVE below (oid, modifier) AS ("
            + "SELECT ?::bigint::oid, ?::int UNION ALL"
            + " SELECT t.typbasetype, CASE WHEN t.typtypmod >= 0 THEN t.typtypmod ELSE below.modifier END"
            + " FROM below JOIN pg_catalog.pg_type t ON t.oid = below.oid WHERE t.typtype = 'd')"
            + " SELECT t.typname, below.modifier FROM below JOIN pg_catalog.pg_type t ON t.oid = below.oid"
            + " WHERE t.typtype <> 'd'";
    private static final int HEADER = 4;

    private Catalog() {}

    private record TypeId(long id, int modifier) {}

    private record Now(TypeId type, boolean isRequired) {}

    /** Describes a relation. */
    static TableFacts describe(Connection connection, PgMessage.Relation relation) throws SQLException {
        Map<String, Now> columns = columns(connection, relation.id());
        Map<TypeId, ColumnType> types = new HashMap<>();
        Map<String, ColumnFacts> facts = new HashMap<>();
        for (PgMessage.Column column : relation.columns()) {
            TypeId then = new TypeId(column.typeId(), column.typeModifier());
            ColumnType type = types.get(then);
            if (type == null) {
                type = type(connection, then);
                types.put(then, type);
            }
            Now now = columns.get(column.name());
            boolean isRequired = now != null && now.type().equals(then) && now.isRequired();
            facts.put(column.name(), new ColumnFacts(type, !isRequired));
        }
        return new TableFacts(facts, key(connection, relation.id()));
    }

    private static Map<String, Now> columns(Connection connection, long id) throws SQLException {
        Map<String, Now> columns = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            query.setLong(1, id);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    columns.put(
                            row.getString(1), new Now(new TypeId(row.getLong(2), row.getInt(3)), row.getBoolean(4)));
                }
            }
        }
        return columns;
    }

    private static List<String> key(Connection connection, long id) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(KEY)) {
            query.setLong(1, id);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
        }
        return names;
    }

    private static ColumnType type(Connection connection, TypeId type) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(TYPE)) {
            query.setLong(1, type.id());
            query.setInt(2, type.modifier());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? type(row.getString(1), row.getInt(2)) : type("text", -1);
            }
        }
    }

    /** A numeric's modifier is its digits in the upper half, its scale in the lower 11 bits with a sign, plus a header of 4. */
    static ColumnType type(String name, int modifier) {
        boolean isNumeric = name.equals("numeric") || name.equals("_numeric");
        if (modifier < HEADER || !isNumeric) {
            return new ColumnType(Types.OTHER, name, name.equals("bit") ? Math.max(modifier, 0) : 0, 0);
        }
        int packed = modifier - HEADER;
        int scale = (packed & 0x7FF) << 21 >> 21;
        return new ColumnType(Types.NUMERIC, name, packed >>> 16 & 0xFFFF, scale);
    }
}
