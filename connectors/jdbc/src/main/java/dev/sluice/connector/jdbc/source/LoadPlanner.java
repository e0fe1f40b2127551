package dev.sluice.connector.jdbc.source;

import dev.sluice.api.connector.OffsetReader;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.RetriableException;
import dev.sluice.connector.jdbc.connection.Connections;
import dev.sluice.connector.jdbc.table.TableId;
import dev.sluice.connector.jdbc.type.JdbcReaders;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans the loads of large tables, each once: a plan of which something is stored is kept. Belongs to the connector's thread. */
final class LoadPlanner {
    private static final Logger LOG = LoggerFactory.getLogger(LoadPlanner.class);
    private static final Pattern ROWS = Pattern.compile("rows=(\\d+)");
    /** Rows that are looked at to find ranges of about the same size. */
    private static final double SAMPLE_ROWS = 30_000;

    private final SourceConfig config;
    private final OffsetReader offsets;
    private final String name;
    private final Map<TableId, LoadPlan> made = new HashMap<>();

    LoadPlanner(SourceConfig config, OffsetReader offsets, String name) {
        this.config = config;
        this.offsets = offsets;
        this.name = name;
    }

    /** Returns the plans of the tables whose stream has not begun, and that are loaded in parts. */
    Map<TableId, LoadPlan> plans(List<TableId> tables, int countMax) {
        Map<TableId, LoadPlan> plans = new LinkedHashMap<>();
        SourceConfig.Reading reading = config.reading();
        boolean hasStart = reading.start().number() != null || reading.start().timeMillis() != null;
        if (!config.dialect().reads().hasSnapshots()
                || reading.mode() == Mode.BULK
                || !reading.safety().isOn()
                || hasStart) {
            return plans;
        }
        List<TableId> fresh = new ArrayList<>();
        for (TableId table : tables) {
            Target target = new Target(table, null);
            LoadPlan known = known(target, table);
            if (target.offset(offsets) != null) {
                continue;
            }
            if (known != null) {
                plans.put(table, known);
            } else if (countMax > 1) {
                fresh.add(table);
            }
        }
        plans.putAll(planned(fresh, countMax));
        return plans;
    }

    /** Returns whether a part of any plan is still to be read. */
    boolean isLoading(Map<TableId, LoadPlan> plans) {
        return plans.entrySet().stream()
                .anyMatch(plan -> !plan.getValue()
                        .open(new Target(plan.getKey(), null), offsets)
                        .isEmpty());
    }

    private @Nullable LoadPlan known(Target target, TableId table) {
        LoadPlan stored = LoadPlan.stored(target, config.reading().mode(), offsets);
        return stored == null ? made.get(table) : stored;
    }

    private Map<TableId, LoadPlan> planned(List<TableId> tables, int countMax) {
        if (tables.isEmpty()) {
            return Map.of();
        }
        Map<TableId, LoadPlan> plans = new LinkedHashMap<>();
        try (Connections connections = Connections.of(config.connection(), config.dialect()::kindOf, 1, name);
                Connection connection = connections.open()) {
            for (TableId table : tables) {
                LoadPlan plan = planOrNone(connection, new Target(table, null), countMax);
                if (plan != null) {
                    plans.put(table, plan);
                }
            }
        } catch (SQLException failed) {
            throw config.dialect().kindOf(failed).exception("Cannot plan the load of tables", failed);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
        made.putAll(plans);
        return plans;
    }

    /** What does not fit the settings fails the task that reads the table, in its words. */
    private @Nullable LoadPlan planOrNone(Connection connection, Target target, int countMax) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try {
            return plan(connection, target, countMax);
        } catch (RetriableException later) {
            throw later;
        } catch (ConnectorException unfit) {
            LOG.atDebug().setCause(unfit).addKeyValue("table", target.table()).log("a table cannot be loaded in parts");
            return null;
        } finally {
            connection.rollback();
        }
    }

    private @Nullable LoadPlan plan(Connection connection, Target target, int countMax) throws SQLException {
        long rows = estimate(connection, target);
        if (rows < config.pace().splitRowsMin() || !TableReader.isStored(connection, target, config)) {
            return null;
        }
        Snapshot snapshot = Snapshot.take(connection);
        Order order = Description.of(connection, target, config, null).order();
        if (order == null) {
            return null;
        }
        Long until = order.time() == null
                ? null
                : (Long) (snapshot.nowMicros()
                        - config.reading().safety().delay().toNanos() / 1_000);
        List<Long> ends = ends(connection, target, order, until, Math.min(100, 100 * SAMPLE_ROWS / rows), countMax);
        if (ends.size() < 2) {
            return null;
        }
        LOG.atInfo()
                .addKeyValue("table", target.table())
                .addKeyValue("parts", ends.size())
                .log("a large table is loaded in parts");
        return new LoadPlan(snapshot.xmin(), until, ends);
    }

    /** The database's own guess, which it makes also of tables that were never analyzed and of partitioned ones. */
    private long estimate(Connection connection, Target target) throws SQLException {
        String explain = "EXPLAIN SELECT 1 FROM " + target.from(config.dialect().names());
        try (Statement statement = connection.createStatement();
                ResultSet plan = statement.executeQuery(explain)) {
            Matcher rows = ROWS.matcher(plan.next() ? plan.getString(1) : "");
            return rows.find() ? Long.parseLong(rows.group(1)) : 0;
        }
    }

    private List<Long> ends(
            Connection connection, Target target, Order order, @Nullable Long until, double percent, int count)
            throws SQLException {
        String fractions = IntStream.range(1, count)
                .mapToObj(part -> String.valueOf(part / (double) count))
                .collect(Collectors.joining(","));
        String from = " FROM " + target.from(config.dialect().names());
        Sql where = Sql.literal(config.shape().types()).add(" WHERE ").add(order.first());
        if (until == null) {
            where.add(" IS NOT NULL");
        } else {
            where.add(" < ").time(Instant.EPOCH.plus(until, ChronoUnit.MICROS), order.isZoned());
            where.add(" AND isfinite(").add(order.first()).add(")");
        }
        List<Long> top = values(connection, "SELECT max(" + order.first() + ")" + from + where, order);
        if (top.isEmpty()) {
            return List.of();
        }
        List<Long> inner = values(
                connection,
                "SELECT unnest(percentile_disc(ARRAY[" + fractions + "]) WITHIN GROUP (ORDER BY " + order.first() + "))"
                        + from + " TABLESAMPLE SYSTEM (" + percent + ")" + where,
                order);
        TreeSet<Long> ends = new TreeSet<>(inner);
        ends.add(top.get(0));
        return List.copyOf(ends);
    }

    private List<Long> values(Connection connection, String select, Order order) throws SQLException {
        List<Long> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(select)) {
            while (rows.next()) {
                if (order.time() == null) {
                    long number = rows.getLong(1);
                    if (!rows.wasNull()) {
                        values.add(number);
                    }
                    continue;
                }
                Instant time = JdbcReaders.instant(rows, 1, config.shape().types());
                if (time != null) {
                    values.add(ChronoUnit.MICROS.between(Instant.EPOCH, time));
                }
            }
        }
        return values;
    }
}
