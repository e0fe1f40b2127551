package dev.sluice.connector.jdbc.source;

import dev.sluice.connector.jdbc.type.JdbcReaders;
import dev.sluice.connector.jdbc.type.TypeRules;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Builds one statement. Values are bound to it, or stand in it as literals where the statement takes no binds, as PostgreSQL's
 * {@code COPY}: numbers in digits, all else quoted and escaped.
 */
final class Sql {
    private static final DateTimeFormatter WITHOUT_YEAR =
            DateTimeFormatter.ofPattern("-MM-dd HH:mm:ss.SSSSSSSSS", Locale.ROOT);
    /** PostgreSQL's time begins in 4713 BC. */
    private static final int FIRST_YEAR = -4_711;

    private final StringBuilder text = new StringBuilder();
    private final List<Object> binds = new ArrayList<>();
    private final TypeRules rules;
    private final boolean isLiteral;

    private Sql(TypeRules rules, boolean isLiteral) {
        this.rules = rules;
        this.isLiteral = isLiteral;
    }

    static Sql bound(TypeRules rules) {
        return new Sql(rules, false);
    }

    static Sql literal(TypeRules rules) {
        return new Sql(rules, true);
    }

    @CanIgnoreReturnValue
    Sql add(String sql) {
        text.append(sql);
        return this;
    }

    @CanIgnoreReturnValue
    Sql number(Number value) {
        return value(value, value.toString());
    }

    /** Adds a text that takes the type of what it is compared with. */
    @CanIgnoreReturnValue
    Sql text(String value) {
        return value(value, "E'" + value.replace("\\", "\\\\").replace("'", "''") + "'");
    }

    @CanIgnoreReturnValue
    Sql bytes(byte[] value) {
        return value(value, "'\\x" + HexFormat.of().formatHex(value) + "'");
    }

    /**
     * Adds a point in time.
     *
     * @param isZoned whether the column that it is compared with knows its zone; otherwise it is meant in that of the rules
     */
    @CanIgnoreReturnValue
    Sql time(Instant value, boolean isZoned) {
        LocalDateTime local = LocalDateTime.ofInstant(value, isZoned ? ZoneOffset.UTC : rules.zone());
        return value(value, literal(local));
    }

    private static String literal(LocalDateTime time) {
        int year = time.getYear();
        if (year < FIRST_YEAR) {
            return "'-infinity'";
        }
        String of = String.format(Locale.ROOT, "%04d", year < 1 ? 1 - year : year) + WITHOUT_YEAR.format(time);
        return "'" + of + (year < 1 ? " BC'" : "'");
    }

    @CanIgnoreReturnValue
    private Sql value(Object value, String literal) {
        if (isLiteral) {
            return add(literal);
        }
        binds.add(value);
        return add("?");
    }

    void bindTo(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < binds.size(); i++) {
            bind(statement, i + 1, binds.get(i));
        }
    }

    private void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        if (value instanceof Instant time) {
            statement.setTimestamp(index, Timestamp.from(time), JdbcReaders.calendar(rules));
        } else if (value instanceof BigDecimal decimal) {
            statement.setBigDecimal(index, decimal);
        } else if (value instanceof Number number) {
            statement.setLong(index, number.longValue());
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else {
            statement.setString(index, value.toString());
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
