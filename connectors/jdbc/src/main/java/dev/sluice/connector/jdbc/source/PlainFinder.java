package dev.sluice.connector.jdbc.source;

import dev.sluice.connector.jdbc.dialect.ReadSql;
import dev.sluice.connector.jdbc.type.TypeRules;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what comes after the last row that was read, as other JDBC sources do. A row that is committed after a later one was
 * read is lost.
 */
final class PlainFinder implements Finder {
    private final SourceConfig.Reading reading;
    private final ReadSql reads;
    private final TypeRules rules;

    PlainFinder(SourceConfig.Reading reading, ReadSql reads, TypeRules rules) {
        this.reading = reading;
        this.reads = reads;
        this.rules = rules;
    }

    @Override
    public Round begin(Connection connection, Order order, @Nullable Map<String, @Nullable Object> offset)
            throws SQLException {
        Instant now = order.time() == null ? Instant.MAX : DatabaseClock.now(connection, reads, rules);
        Instant until = order.time() == null ? now : now.minus(reading.safety().delay());
        Position start = offset == null
                ? Start.of(reading.start(), now)
                : Position.of(offset).orElse(null);
        return new Round() {
            @Override
            public void addWhere(Sql sql) {
                sql.add(" WHERE ").add(order.first()).add(" IS NOT NULL");
                if (start != null) {
                    order.addAfter(sql.add(" AND "), start);
                }
                if (order.time() != null) {
                    sql.add(" AND ").add(order.first()).add(" < ").time(until, order.isZoned());
                }
            }

            @Override
            public Map<String, @Nullable Object> offset(Position place) {
                return place.toMap();
            }
        };
    }
}
