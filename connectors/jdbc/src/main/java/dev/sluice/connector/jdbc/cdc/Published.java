package dev.sluice.connector.jdbc.cdc;

import dev.sluice.connector.jdbc.cdc.PgMessage.Column;
import dev.sluice.connector.jdbc.cdc.PgMessage.Identity;
import dev.sluice.connector.jdbc.dialect.Names;
import dev.sluice.connector.jdbc.table.TableId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A table of a publication, described as the stream would.
 *
 * @param relation what the stream would say of it now
 * @param isPartitioned whether its rows lie in partitions
 * @param rowFilter the condition of published rows, as SQL of the catalog; null for all rows
 * @param rowEstimate how many rows it has, by the server's statistics; negative if they do not say
 */
record Published(
        PgMessage.Relation relation,
        boolean isPartitioned,
        @Nullable String rowFilter,
        long rowEstimate) {
    private static final String TABLES = "SELECT c.oid::bigint, p.schemaname, p.tablename, c.relkind::text,"
            + " c.relreplident::text, to_jsonb(p) ->> 'rowfilter',"
            + " (SELECT sum(l.reltuples)::bigint FROM pg_catalog.pg_class l WHERE l.oid = c.oid OR l.oid IN"
            + " (SELECT t.relid FROM pg_partition_tree(c.oid) t WHERE t.isleaf)),"
            + " ARRAY(SELECT jsonb_array_elements_text(CASE jsonb_typeof(to_jsonb(p) -> 'attnames') WHEN 'array'"
            + " THEN to_jsonb(p) -> 'attnames' ELSE '[]' END))"
            + " FROM pg_catalog.pg_publication_tables p"
            + " JOIN pg_catalog.pg_namespace n ON n.nspname = p.schemaname"
            + " JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = p.tablename"
            + " WHERE p.pubname = ?";
    private static final String COLUMNS = "SELECT a.attname, a.atttypid::bigint, a.atttypmod, a.attgenerated <> '',"
            + " EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = a.attrelid AND a.attnum = ANY (i.indkey)"
            + " AND CASE ? WHEN 'd' THEN i.indisprimary WHEN 'i' THEN i.indisreplident ELSE false END) OR ? = 'f'"
            + " FROM pg_catalog.pg_attribute a"
            + " WHERE a.attrelid = ?::bigint::oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";

    /** Returns the tables of a publication that are captured, in the order of their quoted names. */
    static List<Published> of(Connection connection, String publication, Predicate<TableId> tables)
            throws SQLException {
        List<Published> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(TABLES)) {
            query.setString(1, publication);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    if (tables.test(TableId.of(row.getString(2), row.getString(3)))) {
                        found.add(of(connection, row));
                    }
                }
            }
        }
        found.sort(Comparator.comparing(Published::quoted));
        return found;
    }

    private static Published of(Connection connection, ResultSet row) throws SQLException {
        String code = row.getString(5);
        Identity identity = Identity.of(code.charAt(0));
        if (identity == null) {
            throw new SQLException("the catalog has the replica identity " + code + ", expected d, n, f or i");
        }
        Array names = row.getArray(8);
        List<String> published = Arrays.asList((String[]) names.getArray());
        PgMessage.Relation relation = new PgMessage.Relation(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                identity,
                columns(connection, row.getLong(1), code, published));
        return new Published(relation, row.getString(4).equals("p"), row.getString(6), row.getLong(7));
    }

    /** Generated columns are published only where the publication names them, which servers before 18 never do. */
    private static List<Column> columns(Connection connection, long id, String identity, List<String> published)
            throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            query.setString(1, identity);
            query.setString(2, identity);
            query.setLong(3, id);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    boolean isPublished =
                            published.isEmpty() ? !row.getBoolean(4) : published.contains(row.getString(1));
                    if (isPublished) {
                        columns.add(new Column(row.getBoolean(5), row.getString(1), row.getLong(2), row.getInt(3)));
                    }
                }
            }
        }
        return columns;
    }

    TableId id() {
        return TableId.of(relation.schema(), relation.name());
    }

    /** Returns the full name as in SQL. */
    String quoted() {
        return Names.STANDARD.quoted(id());
    }
}
