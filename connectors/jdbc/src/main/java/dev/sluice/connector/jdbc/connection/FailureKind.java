package dev.sluice.connector.jdbc.connection;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.DataException;
import dev.sluice.api.error.RetriableException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/** Says what a failure of a database asks of us. */
public enum FailureKind {
    /** The connection is gone or cannot be made; whether the last statement took effect is unknown. Again, on a new one. */
    UNREACHABLE,
    /** The database is too busy or two transactions got into each other's way; nothing took effect. Again, later. */
    BUSY,
    /** A value does not fit or breaks a constraint: one record is to blame. */
    RECORD,
    /** User or password is wrong. */
    CREDENTIALS,
    /** The user may not do it. */
    FORBIDDEN,
    /** A database, schema, table or column is not there. */
    MISSING,
    /** Anything else. */
    OTHER;

    /**
     * Returns the kind by the failure's type and its SQL state, in the classes of ISO/IEC 9075 and with PostgreSQL's own
     * states, appendix A of its manual. Chained failures ({@link SQLException#getNextException}) count where the first has no
     * state: a failed batch says what happened there.
     */
    public static FailureKind ofState(SQLException failure) {
        for (SQLException each = failure; each != null; each = each.getNextException()) {
            FailureKind kind = ofOne(each);
            if (kind != OTHER) {
                return kind;
            }
        }
        return OTHER;
    }

    private static FailureKind ofOne(SQLException failure) {
        FailureKind kind = of(failure.getSQLState());
        if (kind != OTHER) {
            return kind;
        }
        if (failure instanceof SQLRecoverableException || failure instanceof SQLNonTransientConnectionException) {
            return UNREACHABLE;
        }
        return failure instanceof SQLTransientException ? BUSY : OTHER;
    }

    private static FailureKind of(@Nullable String state) {
        if (state == null || state.length() < 2) {
            return OTHER;
        }
        return switch (state) {
            // The server ends, has crashed, or is still starting.
            case "57P01", "57P02", "57P03", "57P05" -> UNREACHABLE;
            // A lock or a statement took too long; the statement did nothing.
            case "55P03", "57014", "55006" -> BUSY;
            case "42501" -> FORBIDDEN;
            case "42P01", "42703", "42S02", "42S22", "42883", "42704" -> MISSING;
            // A value has another type than its column.
            case "42804" -> RECORD;
            default -> ofClass(state.substring(0, 2));
        };
    }

    private static FailureKind ofClass(String stateClass) {
        return switch (stateClass) {
            case "08" -> UNREACHABLE;
            case "40", "53" -> BUSY;
            case "22", "23" -> RECORD;
            case "28" -> CREDENTIALS;
            case "3D", "3F" -> MISSING;
            default -> OTHER;
        };
    }

    /** Returns whether the same work may succeed later without anybody doing anything. */
    public boolean isRetriable() {
        return this == UNREACHABLE || this == BUSY;
    }

    /**
     * Returns the exception whose type tells the runtime what to do.
     *
     * @param what what cannot be done to which, such as {@code "Cannot read table public.orders"}
     * @param failure what the database said
     */
    public ConnectorException exception(String what, SQLException failure) {
        String because = what + ": " + SqlText.of(failure);
        return switch (this) {
            case UNREACHABLE, BUSY -> new RetriableException(because, failure);
            case RECORD -> new DataException(because, failure);
            case CREDENTIALS ->
                new ConfigException(because + " Correct connection.user and connection.password.", failure);
            case FORBIDDEN ->
                new ConnectorException(
                        because + " Grant the user of the connection what is missing, and restart the connector.",
                        failure);
            case MISSING, OTHER -> new ConnectorException(because, failure);
        };
    }
}
