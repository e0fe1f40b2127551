package dev.sluice.connector.jdbc.source;

import dev.sluice.connector.jdbc.dialect.ReadSql;
import dev.sluice.connector.jdbc.type.TypeRules;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Safe mode by time where the database tells nothing of its transactions: each round reads again from
 * {@code safe.mode.late.ms} before the newest time, and leaves out the rows that it remembers. What is remembered is lost
 * with the task, so that the rows of one such window may come twice after a restart; none is lost.
 */
final class WindowFinder implements Finder {
    /** How many rows are remembered at most; of what is forgotten, late rows are not looked for. */
    private static final int MEMORY_MAX = 100_000;

    private final SourceConfig.Reading reading;
    private final ReadSql reads;
    private final TypeRules rules;
    private final Map<Object, Instant> remembered = new LinkedHashMap<>();
    private final Map<Long, Integer> occurrences = new HashMap<>();
    private @Nullable Instant forgotten;
    private @Nullable Instant newest;

    WindowFinder(SourceConfig.Reading reading, ReadSql reads, TypeRules rules) {
        this.reading = reading;
        this.reads = reads;
        this.rules = rules;
    }

    @Override
    public Round begin(Connection connection, Order order, @Nullable Map<String, @Nullable Object> offset)
            throws SQLException {
        Instant now = DatabaseClock.now(connection, reads, rules);
        Position start = offset == null
                ? Start.of(reading.start(), now)
                : Position.of(offset).orElse(null);
        if (newest == null && offset != null && start != null) {
            newest = start.time();
        }
        if (newest == null) {
            newest = offset == null || start == null ? null : start.time();
        }
        Instant until = now.minus(reading.safety().delay());
        Edge from = edge(now, start);
        occurrences.clear();
        return new Round() {
            @Override
            public void addWhere(Sql sql) {
                sql.add(" WHERE ").add(order.first()).add(" < ").time(until, order.isZoned());
                if (from != null) {
                    sql.add(" AND ").add(order.first()).add(from.isIn ? " >= " : " > ");
                    sql.time(from.time, order.isZoned());
                }
            }

            @Override
            public boolean takes(Rows row, Position place, int extraIndex) throws SQLException {
                return remember(identity(row, place, order), place);
            }

            @Override
            public Map<String, @Nullable Object> offset(Position place) {
                Instant time = Objects.requireNonNull(place.time());
                Instant before = newest;
                if (before == null || time.isAfter(before)) {
                    newest = time;
                }
                return new Position(newest, place.number(), List.of()).toMap();
            }
        };
    }

    /** Where a round begins, and whether at that time or behind it. */
    private record Edge(Instant time, boolean isIn) {}

    private @Nullable Edge edge(Instant now, @Nullable Position start) {
        Instant top = newest;
        if (top == null) {
            return start == null || start.time() == null ? null : new Edge(start.time(), true);
        }
        Instant window = now.minus(reading.safety().late());
        // After a restart nothing is remembered, so that the window goes back from the newest row, not from now.
        Instant from = remembered.isEmpty() ? top.minus(reading.safety().late()) : window;
        Instant last = forgotten;
        if (last != null && !from.isAfter(last)) {
            return new Edge(last, false);
        }
        return from.isAfter(top) ? new Edge(top, false) : new Edge(from, true);
    }

    private boolean remember(Object identity, Position place) {
        boolean isNew = remembered.put(identity, Objects.requireNonNull(place.time())) == null;
        if (remembered.size() > MEMORY_MAX) {
            var oldest = remembered.entrySet().iterator();
            forgotten = oldest.next().getValue();
            oldest.remove();
        }
        return isNew;
    }

    /**
     * What two looks at one version of a row have in common: its place, and where that may be shared all values, with a
     * number for each row that has the very same.
     */
    private Object identity(Rows row, Position place, Order order) throws SQLException {
        if (!order.hasTies()) {
            return place;
        }
        long hash = 1;
        for (int i = 0; i < order.columns().size(); i++) {
            Object value = row.get(i);
            hash = hash * 0x9E37_79B9_7F4A_7C15L + (value == null ? 0 : hash(value));
        }
        int occurrence = occurrences.merge(hash, 1, Integer::sum);
        return List.of(Objects.requireNonNull(place.time()), hash, occurrence);
    }

    private static int hash(Object value) {
        return value instanceof byte[] bytes ? java.util.Arrays.hashCode(bytes) : value.hashCode();
    }
}
