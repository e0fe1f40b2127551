package dev.sluice.connector.jdbc.dialect;

import dev.sluice.connector.jdbc.connection.FailureKind;
import java.sql.SQLException;

/** Knows one kind of database. Immutable; any thread. */
public interface Dialect {
    /** Returns the name for people, such as {@code PostgreSQL}. */
    String name();

    /** Returns the part of a JDBC address after {@code jdbc:} by which it is known, without the colon. */
    String subprotocol();

    /** Returns how names are written into SQL. */
    Names names();

    /** Returns the statements that write. */
    WriteSql writes();

    /** Returns how it is read. */
    default ReadSql reads() {
        return ReadSql.STANDARD;
    }

    /**
     * Returns what a failure means; most databases keep to the classes of SQL states, which
     * {@link FailureKind#ofState} knows.
     */
    default FailureKind kindOf(SQLException failure) {
        return FailureKind.ofState(failure);
    }
}
