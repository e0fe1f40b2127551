package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.error.ConnectorException;

/**
 * Reads rows in the text format of {@code COPY … TO STDOUT}: values with tabs between, {@code \N} for null, a backslash before
 * what would be mistaken ({@code \b \f \n \r \t \v \\}), a line feed at the end. Pure.
 */
final class CopyRow {
    private CopyRow() {}

    /**
     * Returns the row's values.
     *
     * @param line one row with its line feed; not changed
     * @param count how many values it must have
     */
    static Tuple read(byte[] line, int count) {
        int end = line.length > 0 && line[line.length - 1] == '\n' ? line.length - 1 : line.length;
        byte[] plain = new byte[end];
        Tuple tuple = new Tuple(plain, count);
        int column = 0;
        int to = 0;
        int from = 0;
        boolean isNull = false;
        for (int i = 0; i <= end; i++) {
            if (i == end || line[i] == '\t') {
                requireFits(column, count);
                if (!isNull && count > 0) {
                    tuple.set(column, from, to);
                }
                column++;
                from = to;
                isNull = false;
            } else if (line[i] == '\\') {
                i++;
                isNull = line[i] == 'N';
                if (!isNull) {
                    plain[to++] = unescaped(line[i]);
                }
            } else {
                plain[to++] = line[i];
            }
        }
        return whole(tuple, column, count);
    }

    /** A table without columns gives empty lines. */
    private static Tuple whole(Tuple tuple, int found, int count) {
        if (found != count && count > 0) {
            throw wrong(found, count);
        }
        return tuple;
    }

    private static void requireFits(int column, int count) {
        if (column >= count && count > 0) {
            throw wrong(column + 1, count);
        }
    }

    private static byte unescaped(byte c) {
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0B;
            default -> c;
        };
    }

    private static ConnectorException wrong(int found, int count) {
        return new ConnectorException("Cannot read a row of a snapshot: it has " + found + " values or more, expected "
                + count + ". Restart the connector; if it stays so, report it with the server's version.");
    }
}
