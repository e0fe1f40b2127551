package dev.sluice.connector.jdbc.sink;

import dev.sluice.connector.jdbc.table.TableId;
import java.io.Serial;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Says which table refused something, and which row it was, if the database told. Never leaves the package. */
final class WriteFailure extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient TableId table;
    private final transient @Nullable Row row;
    private final SQLException reason;

    WriteFailure(TableId table, @Nullable Row row, SQLException reason) {
        super(reason);
        this.table = table;
        this.row = row;
        this.reason = reason;
    }

    TableId table() {
        return table;
    }

    @Nullable
    Row row() {
        return row;
    }

    SQLException reason() {
        return reason;
    }
}
