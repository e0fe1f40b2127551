package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.connector.jdbc.connection.ConnectionConfig;
import dev.sluice.connector.jdbc.connection.Connections;
import dev.sluice.connector.jdbc.connection.SqlText;
import dev.sluice.connector.jdbc.table.Table;
import dev.sluice.connector.jdbc.table.TableId;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tries settings on the database itself: whether it can be reached, whether the tables are there or may be made, whether the user may
 * write them, whether an upsert finds its index, and whether sample records fit. Changes nothing.
 */
public final class SinkProbe {
    private final SinkConfig config;
    private final Plans plans;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private SinkProbe(SinkConfig config) {
        this.config = config;
        this.plans = new Plans(config);
    }

    /** Returns what stands in the way; empty if nothing does. */
    public static List<ConfigProblem> problems(Config settings, ValidationProbe probe) {
        SinkProbe tried = new SinkProbe(SinkConfig.of(settings));
        tried.run(settings, probe);
        return tried.problems;
    }

    private void run(Config settings, ValidationProbe probe) {
        ConnectionConfig once = onceWithin(config.connection(), probe.timeout());
        try (Connections connections = Connections.of(once, config.dialect()::kindOf, 1, "jdbc-sink-probe");
                Connection connection = connections.open()) {
            for (SinkRecord record : records(settings, probe)) {
                look(connection, Row.of(record));
            }
            for (SinkRecord sample : probe.samples()) {
                fit(connection, Row.of(sample));
            }
        } catch (ConfigException wrong) {
            problems.addAll(wrong.problems());
            if (wrong.problems().isEmpty()) {
                add(ConnectionConfig.USER, String.valueOf(wrong.getMessage()));
            }
        } catch (ConnectorException unreachable) {
            add(
                    ConnectionConfig.URL,
                    unreachable.getMessage()
                            + " Check that the database runs at that address and that this machine may connect to it.");
        } catch (SQLException failed) {
            add(ConnectionConfig.URL, "Cannot look at the database: " + SqlText.of(failed));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static ConnectionConfig onceWithin(ConnectionConfig given, Duration timeout) {
        Duration shorter = given.timeout().compareTo(timeout) < 0 ? given.timeout() : timeout;
        Duration atLeast = shorter.toMillis() < 250 ? Duration.ofMillis(250) : shorter;
        return new ConnectionConfig(given.url(), given.driver(), given.properties(), 1, Duration.ZERO, atLeast);
    }

    /** Returns a record without contents for each topic that is named and of which there is no sample. */
    private static List<SinkRecord> records(Config settings, ValidationProbe probe) {
        Set<String> topics = new LinkedHashSet<>(Arrays.asList(
                settings.originals().getOrDefault("topics", "").strip().split("\\s*,\\s*", -1)));
        topics.remove("");
        List<SinkRecord> records = new ArrayList<>(probe.samples());
        topics.forEach(topic -> records.add(
                SinkRecord.of(new RecordCoordinates(new TopicPartition(topic, 0), 0), SchemaAndValue.NULL)));
        return records;
    }

    private void look(Connection connection, Row row) throws SQLException {
        TableId id;
        try {
            id = plans.table(row);
        } catch (ConnectorException unknown) {
            // The table depends on what a record says, and there is no sample to ask.
            return;
        }
        Optional<Table> table = plans.table(connection, id);
        if (table.isPresent()) {
            look(connection, table.get(), config.rules(id));
        } else if (!config.createsTables()) {
            add(
                    SinkKeys.TABLE_FORMAT,
                    "Cannot write to table " + id + ": there is none of that name that user "
                            + config.connection().user()
                            + " can see. Create it, correct table.name.format, or set auto.create=true.");
        } else if (!config.dialect().writes().mayCreate(connection, id)) {
            add(
                    SinkKeys.AUTO_CREATE,
                    "Cannot create table " + id + ": user "
                            + config.connection().user()
                            + " lacks the privilege CREATE on its schema. Grant it, or create the table.");
        }
    }

    private void look(Connection connection, Table table, TableRules rules) throws SQLException {
        Set<String> missing =
                new TreeSet<>(config.dialect().writes().missingPrivileges(connection, table.id(), privileges(rules)));
        if (!missing.isEmpty()) {
            add(
                    ConnectionConfig.USER,
                    "Cannot write to table " + table.id() + ": user "
                            + config.connection().user() + " lacks " + String.join(", ", missing) + ". Execute GRANT "
                            + String.join(", ", missing) + " ON "
                            + config.dialect().names().quoted(table.id()) + " TO the user.");
        }
        if (rules.insert() == InsertMode.UPSERT
                && !rules.pkFields().isEmpty()
                && !table.kind().contains("VIEW")) {
            requireIndex(connection, table, rules);
        }
    }

    private static List<String> privileges(TableRules rules) {
        List<String> wanted = new ArrayList<>(
                switch (rules.insert()) {
                    case INSERT, MULTI -> List.of("INSERT");
                    case UPSERT -> List.of("SELECT", "INSERT", "UPDATE");
                    case UPDATE -> List.of("SELECT", "UPDATE");
                });
        if (rules.deletes()) {
            wanted.add("DELETE");
        }
        return wanted;
    }

    private void requireIndex(Connection connection, Table table, TableRules rules) throws SQLException {
        Set<String> key = new TreeSet<>();
        for (String field : rules.pkFields()) {
            String name = rules.fields().named(field);
            key.add(table.columnIgnoringCase(name).map(column -> column.name()).orElse(name));
        }
        Set<String> primary = new TreeSet<>(table.primaryKey());
        if (!primary.equals(key) && !uniqueKeys(connection, table).contains(key)) {
            add(
                    SinkKeys.PK_FIELDS,
                    "Cannot upsert into table " + table.id() + " by " + key
                            + ": it has no unique index on exactly these"
                            + " columns; its primary key is " + table.primaryKey()
                            + ". Create the index, or correct pk.fields.");
        }
    }

    private static Set<Set<String>> uniqueKeys(Connection connection, Table table) throws SQLException {
        Map<String, Set<String>> byIndex = new HashMap<>();
        DatabaseMetaData meta = connection.getMetaData();
        TableId id = table.id();
        try (ResultSet found = meta.getIndexInfo(id.catalog(), id.schema(), id.name(), true, true)) {
            while (found.next()) {
                String index = found.getString("INDEX_NAME");
                String column = found.getString("COLUMN_NAME");
                if (index != null && column != null) {
                    byIndex.computeIfAbsent(index, any -> new TreeSet<>()).add(column);
                }
            }
        }
        return Set.copyOf(byIndex.values());
    }

    private void fit(Connection connection, Row row) throws SQLException {
        if (row.op() != Row.Op.WRITE && row.op() != Row.Op.DELETE) {
            return;
        }
        try {
            Planner.Outcome unused = plans.dry(connection, row);
        } catch (ConnectorException unfit) {
            add(SinkKeys.DRIFT, "Sample of topic " + row.record().topic() + ": " + unfit.getMessage());
        }
    }

    private void add(ConfigKey<?> key, String message) {
        ConfigProblem problem = ConfigProblem.error(key.name(), message, null);
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }
}
