package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.DataException;
import dev.sluice.connector.jdbc.connection.FailureKind;
import dev.sluice.connector.jdbc.connection.SqlText;
import java.sql.SQLException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Words what a database refused, in the exception whose type says what to do. */
final class Failures {
    private static final String NO_UNIQUE_INDEX = "42P10";
    private static final String OTHER_TYPE = "42804";
    private static final String TWICE_IN_A_STATEMENT = "21000";
    private static final String UNSUPPORTED = "0A000";

    private final SinkConfig config;

    Failures(SinkConfig config) {
        this.config = config;
    }

    FailureKind kind(SQLException failed) {
        // Keys that the database takes as equal, and we do not: in smaller parts each stands alone.
        return TWICE_IN_A_STATEMENT.equals(failed.getSQLState())
                ? FailureKind.RECORD
                : config.dialect().kindOf(failed);
    }

    boolean isConnectionLost(SQLException failed) {
        return kind(failed) == FailureKind.UNREACHABLE;
    }

    boolean isRecord(SQLException failed) {
        return kind(failed) == FailureKind.RECORD;
    }

    /** Returns whether the database does not do this with that table at all. */
    boolean isUnsupported(SQLException failed) {
        return UNSUPPORTED.equals(failed.getSQLState());
    }

    /** Returns whether a table may have changed since it was looked at. */
    boolean isStale(SQLException failed) {
        return kind(failed) == FailureKind.MISSING || OTHER_TYPE.equals(failed.getSQLState());
    }

    ConnectorException of(WriteFailure failed) {
        SQLException reason = failed.reason();
        if (isRecord(reason)) {
            return ofRecord(failed);
        }
        String what = "Cannot write to table " + failed.table();
        return NO_UNIQUE_INDEX.equals(reason.getSQLState())
                ? new ConnectorException(
                        what + ": " + SqlText.of(reason)
                                + " An upsert needs a unique index on exactly the columns of the key. Create it, or correct"
                                + " pk.fields.",
                        reason)
                : kind(reason).exception(what, reason);
    }

    DataException ofRecord(WriteFailure failed) {
        Row row = failed.row();
        String which = row == null ? "records" : "the record " + row.record().origin();
        return new DataException(
                "Cannot write " + which + " to table " + failed.table() + ": " + SqlText.of(failed.reason()),
                failed.reason());
    }

    ConnectorException of(SQLException failed, Collection<String> tables) {
        return kind(failed).exception("Cannot write to " + named(tables), failed);
    }

    private static String named(@Nullable Collection<String> tables) {
        return tables == null || tables.isEmpty()
                ? "the database"
                : (tables.size() == 1 ? "table " : "tables ") + String.join(", ", tables);
    }
}
