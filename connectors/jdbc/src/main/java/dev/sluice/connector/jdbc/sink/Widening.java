package dev.sluice.connector.jdbc.sink;

import dev.sluice.connector.jdbc.dialect.ColumnKind;
import dev.sluice.connector.jdbc.dialect.SqlType;
import dev.sluice.connector.jdbc.table.ColumnType;
import java.sql.Types;

/** Says when a column is too narrow for a type, and what it should become. Pure. */
final class Widening {
    private Widening() {}

    static boolean isNeeded(ColumnType column, SqlType wanted) {
        ColumnKind kind = ColumnKind.of(column);
        return switch (wanted.kind()) {
            case WHOLE -> kind == ColumnKind.WHOLE && wanted.size() > bits(column.code());
            case FLOAT -> kind == ColumnKind.FLOAT && wanted.size() > bits(column.code());
            case DECIMAL -> kind == ColumnKind.WHOLE || (kind == ColumnKind.DECIMAL && isNarrow(column, wanted));
            // A text's schema tells no length: whether a column is too short, only its values show.
            default -> false;
        };
    }

    /** Decimals keep the digits before the point that the column has. */
    static SqlType of(ColumnType column, SqlType wanted) {
        if (wanted.kind() != ColumnKind.DECIMAL || column.size() <= 0 || wanted.size() > 0) {
            return wanted;
        }
        int whole = Math.max(column.size() - column.scale(), 19);
        return new SqlType(ColumnKind.DECIMAL, whole + wanted.scale(), wanted.scale(), null);
    }

    private static int bits(int code) {
        return switch (code) {
            case Types.TINYINT -> 8;
            case Types.SMALLINT -> 16;
            case Types.INTEGER, Types.REAL -> 32;
            default -> 64;
        };
    }

    /** A column without a limit says 0 digits, or more than any number has. */
    private static boolean isNarrow(ColumnType column, SqlType wanted) {
        boolean isLimited = column.size() > 0 && column.size() < 1_000;
        return isLimited && column.scale() < wanted.scale();
    }
}
