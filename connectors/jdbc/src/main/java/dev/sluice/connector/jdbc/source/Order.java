package dev.sluice.connector.jdbc.source;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.DataException;
import dev.sluice.connector.jdbc.dialect.Names;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The order in which rows of a table are read: by time, by number, or by time and then number or key.
 *
 * @param time the expression of the time, or null if the mode has none; it is selected behind all columns
 * @param isZoned whether the time knows its zone
 * @param numberIndex where the number stands among the columns, or -1
 * @param tieIndexes where the columns stand that order rows of one time
 * @param columns all columns
 * @param names writes names
 */
record Order(
        @Nullable String time,
        boolean isZoned,
        int numberIndex,
        List<Integer> tieIndexes,
        List<ResultColumn> columns,
        Names names) {
    Order {
        tieIndexes = List.copyOf(tieIndexes);
        columns = List.copyOf(columns);
    }

    /** Returns whether two rows may stand at one place: then a place names all of them. */
    boolean hasTies() {
        return time != null && numberIndex < 0 && tieIndexes.isEmpty();
    }

    String number() {
        return names.quoted(columns.get(numberIndex).name());
    }

    /** Returns the expression that decides first: the time if there is one. */
    String first() {
        return time == null ? number() : time;
    }

    /** Returns all expressions in the order in which they decide. */
    List<String> expressions() {
        List<String> all = new ArrayList<>();
        if (time != null) {
            all.add(time);
        }
        if (numberIndex >= 0) {
            all.add(number());
        }
        tieIndexes.forEach(index -> all.add(names.quoted(columns.get(index).name())));
        return all;
    }

    String orderBy() {
        return " ORDER BY " + expressions().stream().map(each -> each + " ASC").collect(Collectors.joining(", "));
    }

    /** Adds the condition that a row comes after a place; a place without ties stands before all rows of its time. */
    void addAfter(Sql sql, Position place) {
        List<String> expressions = expressions();
        int known = 0;
        known += place.time() == null || time == null ? 0 : 1;
        known += place.number() == null || numberIndex < 0 ? 0 : 1;
        known += place.ties().size() == tieIndexes.size() ? tieIndexes.size() : 0;
        int count = Math.min(known, expressions.size());
        sql.add("(");
        if (count > 1) {
            // Says nothing new, but lets an index of the first column be used.
            addValue(sql.add(expressions.get(0)).add(" >= "), place, 0);
            sql.add(" AND (");
        }
        for (int last = 0; last < count; last++) {
            sql.add(last == 0 ? "(" : " OR (");
            for (int i = 0; i <= last; i++) {
                sql.add(i == 0 ? "" : " AND ").add(expressions.get(i)).add(i == last ? " > " : " = ");
                addValue(sql, place, i);
            }
            sql.add(")");
        }
        sql.add(count > 1 ? "))" : ")");
    }

    private void addValue(Sql sql, Position place, int index) {
        int at = index;
        if (time != null) {
            if (at == 0) {
                sql.time(Objects.requireNonNull(place.time()), isZoned);
                return;
            }
            at--;
        }
        if (numberIndex >= 0) {
            sql.number(Objects.requireNonNull(place.number()));
            return;
        }
        Object tie = place.ties().get(at);
        if (tie instanceof Number number) {
            sql.number(number);
        } else {
            sql.text(tie.toString());
        }
    }

    /** Returns where the current row stands. */
    Position position(Rows row) throws SQLException {
        Instant at = time == null ? null : (Instant) row.get(columns.size());
        Long number = numberIndex < 0 ? null : number(row.get(numberIndex));
        if (tieIndexes.isEmpty()) {
            return new Position(at, number, List.of());
        }
        List<Object> ties = new ArrayList<>(tieIndexes.size());
        for (int index : tieIndexes) {
            ties.add(tie(Objects.requireNonNull(row.get(index))));
        }
        return new Position(at, number, ties);
    }

    private Long number(@Nullable Object value) {
        try {
            if (value instanceof BigDecimal || value instanceof String) {
                return new BigDecimal(value.toString()).longValueExact();
            }
        } catch (ArithmeticException | NumberFormatException wrong) {
            throw notWhole(wrong);
        }
        if (value instanceof Number number && !(value instanceof Double) && !(value instanceof Float)) {
            return number.longValue();
        }
        throw notWhole(null);
    }

    private DataException notWhole(@Nullable RuntimeException cause) {
        return new DataException(
                "Cannot read by column " + columns.get(numberIndex).name()
                        + ": it holds something else than whole numbers of 64 bits. Choose another column.",
                cause);
    }

    private static Object tie(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return value instanceof Number number ? (Object) number.longValue() : value.toString();
    }

    /**
     * Finds the columns of the order.
     *
     * @param table what messages call the table
     * @param times the columns of the time by name; empty if the mode has none
     * @param number the column of the number, or null for the one that the database counts
     * @param ties the columns of the primary key
     */
    static Order of(
            String table,
            SourceConfig.Reading reading,
            List<String> times,
            @Nullable String number,
            List<String> ties,
            List<ResultColumn> columns,
            Names names) {
        Mode mode = reading.mode();
        List<Integer> timeIndexes = mode.usesTimestamp()
                ? times.stream()
                        .map(name -> Layout.index(columns, name, "timestamp.column.name"))
                        .toList()
                : List.of();
        int numberIndex = mode.usesNumber() ? numberIndex(table, number, columns) : -1;
        List<Integer> tieIndexes = mode == Mode.TIMESTAMP ? ties(ties, columns) : List.of();
        if (reading.isNonNullRequired()) {
            checkNonNull(table, timeIndexes, numberIndex, columns);
        }
        return new Order(
                time(timeIndexes, columns, names),
                timeIndexes.stream().anyMatch(index -> isZoned(columns.get(index))),
                numberIndex,
                tieIndexes,
                columns,
                names);
    }

    private static int numberIndex(String table, @Nullable String name, List<ResultColumn> columns) {
        if (name != null) {
            return Layout.index(columns, name, "incrementing.column.name");
        }
        int[] counted = IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).isCounted())
                .toArray();
        if (counted.length != 1) {
            throw new ConnectorException("Cannot find the growing column of " + table + ": the database counts "
                    + counted.length + " of its columns, expected one. Set incrementing.column.name.");
        }
        return counted[0];
    }

    private static List<Integer> ties(List<String> primaryKey, List<ResultColumn> columns) {
        List<Integer> indexes = primaryKey.stream()
                .map(name -> Layout.index(columns, name, "the primary key"))
                .toList();
        return indexes.stream().allMatch(index -> isTie(columns.get(index))) ? indexes : List.of();
    }

    /** Whether values compare as they are written: whole numbers and, in PostgreSQL, texts and UUIDs too. */
    private static boolean isTie(ResultColumn column) {
        return switch (column.type().code()) {
            case java.sql.Types.SMALLINT, java.sql.Types.INTEGER, java.sql.Types.BIGINT -> true;
            default ->
                switch (column.type().name()) {
                    case "text", "varchar", "uuid" -> true;
                    default -> false;
                };
        };
    }

    private static boolean isZoned(ResultColumn column) {
        return column.type().name().equals("timestamptz")
                || column.type().code() == java.sql.Types.TIMESTAMP_WITH_TIMEZONE;
    }

    private static @Nullable String time(List<Integer> indexes, List<ResultColumn> columns, Names names) {
        if (indexes.isEmpty()) {
            return null;
        }
        List<String> quoted = indexes.stream()
                .map(index -> expression(columns.get(index), names))
                .toList();
        return quoted.size() == 1 ? quoted.get(0) : "COALESCE(" + String.join(", ", quoted) + ")";
    }

    /** A day is compared with times as its midnight. */
    private static String expression(ResultColumn column, Names names) {
        String quoted = names.quoted(column.name());
        return column.type().name().equals("date") ? "CAST(" + quoted + " AS timestamp)" : quoted;
    }

    private static void checkNonNull(
            String table, List<Integer> timeIndexes, int numberIndex, List<ResultColumn> columns) {
        boolean isTimeNullable = !timeIndexes.isEmpty()
                && timeIndexes.stream().allMatch(index -> columns.get(index).isNullable());
        if (isTimeNullable) {
            throw nullable(table, columns.get(timeIndexes.get(0)));
        }
        if (numberIndex >= 0 && columns.get(numberIndex).isNullable()) {
            throw nullable(table, columns.get(numberIndex));
        }
    }

    private static ConnectorException nullable(String table, ResultColumn column) {
        return new ConnectorException("Cannot read " + table + " by column " + column.name()
                + ": null may stand in it, and rows with null would never be read. Make it NOT NULL, or set"
                + " validate.non.null=false if that is wanted.");
    }
}
