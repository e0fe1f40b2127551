package dev.sluice.connector.jdbc.source;

import dev.sluice.connector.jdbc.type.ColumnReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of any database's result, which the driver fetches in portions. */
final class CursorRows implements Rows {
    /** What an object of Java costs, about. */
    private static final int OBJECT_BYTES = 24;

    private final PreparedStatement statement;
    private final ResultSet rows;
    private final ColumnReader[] readers;
    private long sizeBytes;

    private CursorRows(PreparedStatement statement, ResultSet rows, List<ColumnReader> readers) {
        this.statement = statement;
        this.rows = rows;
        this.readers = readers.toArray(ColumnReader[]::new);
    }

    static Rows open(Connection connection, Sql select, List<ColumnReader> readers, int fetchSize) throws SQLException {
        PreparedStatement statement =
                connection.prepareStatement(select.toString(), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        try {
            statement.setFetchSize(fetchSize);
            select.bindTo(statement);
            return new CursorRows(statement, statement.executeQuery(), readers);
        } catch (SQLException failed) {
            statement.close();
            throw failed;
        }
    }

    @Override
    public boolean next() throws SQLException {
        sizeBytes = 0;
        return rows.next();
    }

    @Override
    public @Nullable Object get(int index) throws SQLException {
        Object value = readers[index].read(rows, index + 1);
        sizeBytes += OBJECT_BYTES + contents(value);
        return value;
    }

    private static long contents(@Nullable Object value) {
        if (value instanceof String text) {
            return text.length();
        }
        return value instanceof byte[] bytes ? bytes.length : 0;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public void close() throws SQLException {
        try (statement) {
            rows.close();
        }
    }
}
