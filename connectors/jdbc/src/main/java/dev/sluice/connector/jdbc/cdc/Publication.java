package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.connector.jdbc.cdc.CdcConfig.AutoCreate;
import dev.sluice.connector.jdbc.cdc.CdcConfig.Publishing;
import dev.sluice.connector.jdbc.connection.FailureKind;
import dev.sluice.connector.jdbc.connection.SqlText;
import dev.sluice.connector.jdbc.dialect.Names;
import dev.sluice.connector.jdbc.table.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that the publication is there and has the captured tables. Uses the connection that it is given. */
final class Publication {
    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);
    private static final String FIND = "SELECT puballtables FROM pg_catalog.pg_publication WHERE pubname = ?";
    // A table counts as published too where a table above it in its tree of partitions is.
    private static final String MISSING = "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE c.relkind IN ('r', 'p') AND c.relpersistence = 'p' AND NOT c.relispartition"
            + " AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'"
            + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_publication_tables p WHERE p.pubname = ?"
            + " AND p.schemaname = n.nspname AND p.tablename = c.relname)"
            + " AND NOT EXISTS (SELECT FROM pg_partition_tree(c.oid) t JOIN pg_catalog.pg_class l ON l.oid = t.relid"
            + " JOIN pg_catalog.pg_namespace ln ON ln.oid = l.relnamespace"
            + " JOIN pg_catalog.pg_publication_tables p ON p.pubname = ? AND p.schemaname = ln.nspname"
            + " AND p.tablename = l.relname) ORDER BY 1, 2";

    private final Publishing publishing;
    private final Predicate<TableId> tables;

    Publication(Publishing publishing, Predicate<TableId> tables) {
        this.publishing = publishing;
        this.tables = tables;
    }

    /** Creates the publication if there is none and the settings say so. */
    void ensure(Connection connection) throws SQLException {
        boolean exists = exists(connection);
        if (publishing.autoCreate() == AutoCreate.DISABLED) {
            requireComplete(connection, exists);
        } else if (!exists) {
            create(connection);
        }
    }

    /** Returns the captured tables that are to be added, if the settings say so. */
    List<TableId> late(Connection connection) throws SQLException {
        return publishing.autoCreate() == AutoCreate.FILTERED ? missing(connection) : List.of();
    }

    /** Returns whether there is one of that name. */
    boolean exists(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setString(1, publishing.name());
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Returns the captured tables that are not published. */
    List<TableId> missing(Connection connection) throws SQLException {
        List<TableId> missing = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(MISSING)) {
            query.setString(1, publishing.name());
            query.setString(2, publishing.name());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    TableId id = TableId.of(row.getString(1), row.getString(2));
                    if (tables.test(id)) {
                        missing.add(id);
                    }
                }
            }
        }
        return missing;
    }

    private void requireComplete(Connection connection, boolean exists) throws SQLException {
        List<TableId> missing = missing(connection);
        if (!exists) {
            throw new ConnectorException("Cannot capture changes: there is no publication " + publishing.name()
                    + ". Execute " + createSql(missing, hasRoots(connection))
                    + ", or set publication.autocreate.mode=filtered.");
        }
        if (!missing.isEmpty()) {
            // Filters are often wider than what is meant, so this is no failure; but it must be seen.
            LOG.atWarn()
                    .addKeyValue("publication", publishing.name())
                    .log(
                            "tables that the filters let through are not published, so that their changes do not come: {}",
                            missing.stream().limit(20).toList());
        }
    }

    private void create(Connection connection) throws SQLException {
        List<TableId> wanted = missing(connection);
        if (publishing.autoCreate() == AutoCreate.FILTERED && wanted.isEmpty()) {
            throw new ConnectorException("Cannot create publication " + publishing.name()
                    + ": the filters let no table through. Correct table.include.list, or create the tables first.");
        }
        execute(connection, createSql(wanted, hasRoots(connection)), "create publication " + publishing.name());
    }

    /** Changes of partitions can be told as their table's from version 13 on. */
    private boolean hasRoots(Connection connection) throws SQLException {
        return publishing.viaRoot() && connection.getMetaData().getDatabaseMajorVersion() >= 13;
    }

    private String createSql(List<TableId> wanted, boolean viaRoot) {
        boolean isForAll = publishing.autoCreate() == AutoCreate.ALL_TABLES || wanted.isEmpty();
        String what = isForAll ? "ALL TABLES" : "TABLE " + list(wanted);
        String options = viaRoot ? " WITH (publish_via_partition_root = true)" : "";
        return "CREATE PUBLICATION " + Names.STANDARD.quoted(publishing.name()) + " FOR " + what + options;
    }

    /** Adds tables. */
    void add(Connection connection, List<TableId> tables) throws SQLException {
        if (!tables.isEmpty()) {
            execute(
                    connection,
                    "ALTER PUBLICATION " + Names.STANDARD.quoted(publishing.name()) + " ADD TABLE " + list(tables),
                    "add tables to publication " + publishing.name());
        }
    }

    private static String list(List<TableId> ids) {
        return ids.stream().map(Names.STANDARD::quoted).collect(Collectors.joining(", "));
    }

    private void execute(Connection connection, String sql, String what) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean hasRows = statement.execute(sql);
            LOG.atInfo().addKeyValue("publication", publishing.name()).log("{}: {}", what, !hasRows);
        } catch (SQLException failed) {
            if (FailureKind.ofState(failed) != FailureKind.FORBIDDEN) {
                throw failed;
            }
            throw new ConnectorException(
                    "Cannot " + what + ": " + SqlText.of(failed)
                            + " Let a user who owns the tables, or a superuser, execute " + sql
                            + " and set publication.autocreate.mode=disabled.",
                    failed);
        }
    }
}
