package dev.sluice.connector.jdbc.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One part of a load: one round, which is continued behind its last row after an interruption.
 *
 * @param plan the plan of the load
 * @param index which of its parts
 */
record LoadPart(LoadPlan plan, int index) implements Finder {
    private static final Logger LOG = LoggerFactory.getLogger(LoadPart.class);

    @Override
    public boolean needsSnapshot() {
        return true;
    }

    @Override
    public Round begin(Connection connection, Order order, @Nullable Map<String, @Nullable Object> offset)
            throws SQLException {
        Snapshot snapshot = Snapshot.take(connection);
        Position place = offset == null ? null : Position.of(offset).orElse(null);
        return new Round() {
            @Override
            public void addWhere(Sql sql) {
                addRange(sql.add(" WHERE "), order);
                addWriters(sql, snapshot);
                if (place != null) {
                    order.addAfter(sql.add(" AND "), place);
                }
            }

            @Override
            public Map<String, @Nullable Object> offset(Position at) {
                return at.toMap();
            }
        };
    }

    private void addRange(Sql sql, Order order) {
        addFirst(sql.add(order.first()).add(" <= "), order, plan.ends().get(index));
        if (index > 0) {
            addFirst(
                    sql.add(" AND ").add(order.first()).add(" > "),
                    order,
                    plan.ends().get(index - 1));
        }
    }

    private static void addFirst(Sql sql, Order order, long value) {
        if (order.time() == null) {
            sql.number(value);
        } else {
            sql.time(Instant.EPOCH.plus(value, ChronoUnit.MICROS), order.isZoned());
        }
    }

    /** On another server than that of the plan the ids say nothing: there the stream begins behind the last part. */
    private void addWriters(Sql sql, Snapshot snapshot) {
        if (snapshot.knows(plan.xmin())) {
            XidSet.below(plan.xmin()).addContains(sql.add(" AND "), snapshot.age(plan.xmin()));
            return;
        }
        LOG.atWarn()
                .addKeyValue("xmin", plan.xmin())
                .addKeyValue("xmax", snapshot.xmax())
                .log("the transaction id of a load is not of this server's present: whatever is in the range is read");
    }
}
