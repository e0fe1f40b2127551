package dev.sluice.connector.jdbc.source;

import dev.sluice.connector.jdbc.type.PostgresDecoder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Rows of PostgreSQL's {@code COPY (…) TO STDOUT} in text form: the server sends one after the other without being asked, and
 * waits where we do not read. Of a row one array of bytes is kept, from which values are read when they are asked for.
 *
 * <p>A line is {@code field TAB field … LF}; {@code \N} alone is null; a backslash stands before what would mislead
 * (COPY, File Formats, in PostgreSQL's manual).
 */
final class CopyRows implements Rows {
    private final CopyOut copy;
    private final PostgresDecoder[] decoders;
    private final int[] from;
    private final int[] to;
    private byte[] line = {};

    private CopyRows(CopyOut copy, List<PostgresDecoder> decoders) {
        this.copy = copy;
        this.decoders = decoders.toArray(PostgresDecoder[]::new);
        this.from = new int[decoders.size()];
        this.to = new int[decoders.size()];
    }

    static Rows open(Connection connection, String select, List<PostgresDecoder> decoders) throws SQLException {
        CopyOut copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (" + select + ") TO STDOUT (FORMAT text, ENCODING 'UTF8')");
        return new CopyRows(copy, decoders);
    }

    @Override
    public boolean next() throws SQLException {
        byte[] next = copy.readFromCopy();
        if (next == null) {
            return false;
        }
        line = next;
        split();
        return true;
    }

    private void split() {
        int column = 0;
        int begin = 0;
        boolean isEscaped = false;
        int end = line.length - 1;
        for (int at = 0; at <= end; at++) {
            byte b = line[at];
            if (b == '\\') {
                isEscaped = true;
                at++;
            } else if (b == '\t' || at == end) {
                from[column] = begin;
                to[column] = isEscaped ? unescape(begin, at) : at;
                column++;
                begin = at + 1;
                isEscaped = false;
            }
        }
    }

    /** Takes the backslashes out of a field, in place; returns its new end, or -1 for null. */
    private int unescape(int begin, int end) {
        if (end - begin == 2 && line[begin + 1] == 'N') {
            return -1;
        }
        int write = begin;
        for (int read = begin; read < end; read++) {
            byte b = line[read];
            if (b == '\\') {
                read++;
                b = meaning(line[read]);
            }
            line[write++] = b;
        }
        return write;
    }

    private static byte meaning(byte escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            default -> escaped;
        };
    }

    @Override
    public @Nullable Object get(int index) {
        return to[index] < 0 ? null : decoders[index].decode(line, from[index], to[index]);
    }

    @Override
    public long sizeBytes() {
        return line.length;
    }

    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
