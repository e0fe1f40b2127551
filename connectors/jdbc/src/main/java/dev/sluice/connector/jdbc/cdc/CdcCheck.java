package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.connector.jdbc.cdc.CdcConfig.AutoCreate;
import dev.sluice.connector.jdbc.connection.ConnectionConfig;
import dev.sluice.connector.jdbc.connection.FailureKind;
import dev.sluice.connector.jdbc.connection.SqlText;
import dev.sluice.connector.jdbc.table.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks at a server, changing nothing, whether changes can be captured there. Any thread. */
public final class CdcCheck {
    private static final String READABLE = "SELECT has_table_privilege(?::bigint::oid, 'SELECT')";
    private static final int NAMES_MAX = 10;

    private final CdcConfig config;
    private final CdcScope scope;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private CdcCheck(CdcConfig config, CdcScope scope) {
        this.config = config;
        this.scope = scope;
    }

    /** Returns all that would keep a task from capturing, each with what to do. */
    public static List<ConfigProblem> problems(CdcConfig config, CdcScope scope) {
        CdcCheck check = new CdcCheck(config, scope);
        try (Connection plain = Sessions.plain(scope.connection())) {
            check.look(plain);
        } catch (SQLException failed) {
            String what = "Cannot look at " + scope.connection().shownUrl();
            check.error(
                    ConnectionConfig.URL.name(),
                    String.valueOf(
                            FailureKind.ofState(failed).exception(what, failed).getMessage()));
        }
        return List.copyOf(check.problems);
    }

    private void look(Connection plain) throws SQLException {
        ServerFacts server = ServerFacts.of(plain);
        if (!server.walLevel().equals("logical")) {
            error(
                    ConnectionConfig.URL.name(),
                    "Cannot capture changes: wal_level of the server is " + server.walLevel()
                            + ", expected logical. Set wal_level=logical and restart the server.");
        }
        if (!server.mayReplicate()) {
            error(
                    ConnectionConfig.USER.name(),
                    "Cannot capture changes as user " + server.user()
                            + ": it may not replicate. Let a superuser execute ALTER ROLE … REPLICATION for it.");
        } else {
            lookAtReplication();
        }
        lookAtSlot(plain, server);
        lookAtPublication(plain);
    }

    /** The server's rules of access may differ for replication. */
    private void lookAtReplication() {
        try (Connection replication = Sessions.replication(scope.connection())) {
            assert !replication.isClosed();
        } catch (SQLException refused) {
            error(
                    ConnectionConfig.URL.name(),
                    "Cannot open a replication connection: " + SqlText.of(refused)
                            + " Allow it in pg_hba.conf, and see that max_wal_senders leaves room.");
        }
    }

    private void lookAtSlot(Connection plain, ServerFacts server) throws SQLException {
        Optional<SlotState> slot = SlotState.find(plain, config.slot());
        if (slot.isEmpty() && server.slotsFree() <= 0) {
            error(
                    CdcKeys.SLOT.name(),
                    "Cannot create replication slot " + config.slot()
                            + ": all slots are in use. Raise max_replication_slots, or drop one that nobody needs.");
            return;
        }
        try {
            // Whether the connector has a place of its own is not known here; a lost slot is a problem in any case.
            Resume plan = Resume.decide(config, server, null, slot);
            assert plan.streams() || config.snapshotMode() == CdcConfig.SnapshotMode.INITIAL_ONLY;
        } catch (ConnectorException unusable) {
            error(CdcKeys.SLOT.name(), String.valueOf(unusable.getMessage()));
        }
    }

    private void lookAtPublication(Connection plain) throws SQLException {
        String name = config.publication().name();
        Publication publication = new Publication(config.publication(), scope.tables());
        boolean exists = publication.exists(plain);
        boolean isDisabled = config.publication().autoCreate() == AutoCreate.DISABLED;
        List<TableId> missing = publication.missing(plain);
        if (!exists && isDisabled) {
            error(
                    CdcKeys.PUBLICATION.name(),
                    "Cannot capture changes: there is no publication " + name
                            + ". Create it, or set publication.autocreate.mode=filtered.");
        } else if (!exists && missing.isEmpty()) {
            warn(
                    CdcKeys.PUBLICATION.name(),
                    "The filters let no table through, so that publication " + name
                            + " cannot be created for them. Correct the filters, or create the tables first.");
        } else if (exists && isDisabled && !missing.isEmpty()) {
            warn(
                    CdcKeys.PUBLICATION.name(),
                    "Publication " + name + " lacks tables that the filters let through: " + names(missing)
                            + ". Add them by ALTER PUBLICATION, or set publication.autocreate.mode=filtered.");
        }
        if (exists && config.snapshotMode().readsTables()) {
            lookAtTables(plain, Published.of(plain, name, scope.tables()));
        }
    }

    private void lookAtTables(Connection plain, List<Published> tables) throws SQLException {
        List<TableId> unreadable = new ArrayList<>();
        for (Published table : tables) {
            if (!isReadable(plain, table.relation().id())) {
                unreadable.add(table.id());
            }
        }
        if (!unreadable.isEmpty()) {
            error(
                    ConnectionConfig.USER.name(),
                    "Cannot read a snapshot of " + names(unreadable)
                            + ": the user may not. GRANT SELECT on them, or set snapshot.mode=never.");
        }
    }

    private static boolean isReadable(Connection plain, long relation) throws SQLException {
        try (PreparedStatement query = plain.prepareStatement(READABLE)) {
            query.setLong(1, relation);
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static String names(List<TableId> tables) {
        String shown = tables.stream().limit(NAMES_MAX).map(TableId::toString).collect(Collectors.joining(", "));
        return tables.size() > NAMES_MAX ? shown + " and " + (tables.size() - NAMES_MAX) + " more" : shown;
    }

    private void error(String key, String message) {
        problems.add(ConfigProblem.error(key, message, null));
    }

    private void warn(String key, String message) {
        problems.add(ConfigProblem.warning(key, message, null));
    }
}
