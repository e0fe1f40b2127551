package dev.sluice.connector.jdbc.source;

import dev.sluice.api.connector.Progress;
import dev.sluice.connector.jdbc.dialect.ReadSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Tells how far the first load of a table is. Belongs to the reading thread. */
final class LoadProgress {
    /** Rows between two reports. */
    private static final int STEP = 10_000;

    /** For rounds that are no load. */
    static final LoadProgress NONE = new LoadProgress(progress -> {}, "", OptionalLong.empty());

    private final Consumer<Progress> reports;
    private final String what;
    private final OptionalLong total;
    private long done;

    private LoadProgress(Consumer<Progress> reports, String what, OptionalLong total) {
        this.reports = reports;
        this.what = what;
        this.total = total;
    }

    /** Begins a load; how many rows there are is asked where the database knows it without counting. */
    static LoadProgress of(Connection connection, Target target, String from, ReadSql reads, Consumer<Progress> reports)
            throws SQLException {
        OptionalLong total =
                reads.hasSnapshots() && target.table() != null ? estimate(connection, from) : OptionalLong.empty();
        return new LoadProgress(reports, "load of " + target.shown(), total);
    }

    /** Returns the same for one of so many parts of about the same size. */
    LoadProgress part(int index, int count) {
        OptionalLong share = total.isPresent() ? OptionalLong.of(total.getAsLong() / count) : total;
        return new LoadProgress(reports, what + ", part " + (index + 1) + " of " + count, share);
    }

    private static OptionalLong estimate(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT reltuples::bigint FROM pg_class WHERE oid = ?::regclass")) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                boolean isKnown = row.next() && row.getLong(1) > 0;
                return isKnown ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    void row() {
        done++;
        if (done % STEP == 0) {
            report(total.isPresent() ? OptionalLong.of(Math.max(total.getAsLong(), done)) : total);
        }
    }

    void end() {
        report(OptionalLong.of(done));
    }

    private void report(OptionalLong rows) {
        reports.accept(new Progress(what, done, rows, "rows"));
    }
}
