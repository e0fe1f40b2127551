package dev.sluice.connector.jdbc.cdc;

import java.sql.SQLException;

/** Carries a failed question to the catalog through code that is otherwise pure; never leaves the task. */
final class CatalogFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SQLException reason;

    CatalogFailedException(SQLException reason) {
        super(reason);
        this.reason = reason;
    }

    SQLException reason() {
        return reason;
    }
}
