package dev.sluice.connector.jdbc.cdc;

import dev.sluice.connector.jdbc.cdc.TableFacts.ColumnFacts;
import dev.sluice.connector.jdbc.table.Column;
import dev.sluice.connector.jdbc.table.ColumnType;
import dev.sluice.connector.jdbc.table.Table;
import dev.sluice.connector.jdbc.table.TableId;
import dev.sluice.connector.jdbc.table.Tables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the catalog what the stream does not say of a table: which columns may be null, what the primary key is, and what types
 * are called. The catalog tells what holds now, the stream what held then; a column that was changed since is taken as the stream
 * says, and as nullable.
 */
final class Catalog {
    private static final String NAME = "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = ?::bigint::oid";
    private static final String TYPES = "SELECT attname, atttypid::bigint, atttypmod FROM pg_catalog.pg_attribute"
            + " WHERE attrelid = ?::bigint::oid AND attnum > 0 AND NOT attisdropped";
    private static final String TYPE = "SELECT typname FROM pg_catalog.pg_type WHERE oid = ?::bigint::oid";
    private static final int HEADER = 4;

    private Catalog() {}

    private record TypeId(long id, int modifier) {}

    /** Describes a relation. */
    static TableFacts describe(Connection connection, PgMessage.Relation relation) throws SQLException {
        Optional<Table> table = current(connection, relation.id());
        Map<String, TypeId> types = table.isPresent() ? types(connection, relation.id()) : Map.of();
        Map<String, ColumnFacts> facts = new HashMap<>();
        for (PgMessage.Column column : relation.columns()) {
            TypeId then = new TypeId(column.typeId(), column.typeModifier());
            Optional<Column> now = table.flatMap(found -> found.column(column.name()))
                    .filter(same -> then.equals(types.get(column.name())));
            facts.put(
                    column.name(),
                    now.isPresent()
                            ? new ColumnFacts(now.get().type(), now.get().isNullable())
                            : new ColumnFacts(type(connection, then), true));
        }
        return new TableFacts(facts, table.map(Table::primaryKey).orElse(List.of()));
    }

    /** The table may have been renamed since. */
    private static Optional<Table> current(Connection connection, long id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(NAME)) {
            query.setLong(1, id);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Tables.find(connection, TableId.of(row.getString(1), row.getString(2)))
                        : Optional.empty();
            }
        }
    }

    private static Map<String, TypeId> types(Connection connection, long id) throws SQLException {
        Map<String, TypeId> types = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(TYPES)) {
            query.setLong(1, id);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    types.put(row.getString(1), new TypeId(row.getLong(2), row.getInt(3)));
                }
            }
        }
        return types;
    }

    private static ColumnType type(Connection connection, TypeId type) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(TYPE)) {
            query.setLong(1, type.id());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? type(row.getString(1), type.modifier()) : type("text", -1);
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
