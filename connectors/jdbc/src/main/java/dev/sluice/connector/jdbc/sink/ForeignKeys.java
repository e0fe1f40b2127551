package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigProblems;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings of other JDBC sinks that mean nothing here: they are accepted, and a note says why. */
final class ForeignKeys {
    private static final Map<String, String> NOTES = new LinkedHashMap<>();

    static {
        put("table.types", "Tables, partitioned tables and views are all written.");
        put("date.timezone", "A date has no time zone.");
        put("date.calendar.system", "All dates are of the proleptic Gregorian calendar.");
        put("timestamp.precision.mode", "Timestamps are written as exactly as the column allows.");
        put("mssql.use.merge.holdlock", "MERGE holds its lock on SQL Server always.");
        put("trim.sensitive.log", "No log line holds values.");
        put("use.reduction.buffer", "Of several upserts of a key in a batch, only the last is written, always.");
        put("keyed.message.batch.mode", "Of several upserts of a key in a batch, only the last is written, always.");
        put("dialect.postgres.unnest.insert.enabled", "PostgreSQL takes batches by COPY, which is faster.");
        put("dialect.postgres.postgis.schema", "Geometries are written as texts.");
        put("dialect.sqlserver.identity.insert", "Columns that the database counts are filled by the database.");
        put("quote.identifiers", "Names are quoted unless quote.sql.identifiers is never.");
        put("collection.naming.strategy", "Use table.name.format.");
        put("column.naming.strategy", "Use fields.rename.");
        put("cloudevents.schema.name.pattern", "CloudEvents are not unwrapped.");
        put("jdbc.credentials.provider.class", "Use a config provider for connection.password.");
    }

    private ForeignKeys() {}

    private static void put(String name, String note) {
        NOTES.put(name, note);
    }

    static ConfigKey<?>[] keys() {
        return NOTES.entrySet().stream()
                .map(each -> key(each.getKey(), each.getValue()))
                .toArray(ConfigKey<?>[]::new);
    }

    private static ConfigKey<String> key(String name, String note) {
        return ConfigKey.string(name).optional().internal().extended().doc(note);
    }

    static void note(Config config, ConfigProblems problems) {
        NOTES.forEach((name, note) -> {
            if (config.originals().containsKey(name)) {
                problems.add(ConfigProblem.note(name, "Setting " + name + " has no effect here.", note));
            }
        });
    }
}
