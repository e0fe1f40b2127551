package dev.sluice.connector.jdbc.source;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Width;
import dev.sluice.connector.jdbc.connection.ConnectionConfig;
import dev.sluice.connector.jdbc.dialect.Dialects;
import java.time.Duration;
import java.util.List;

/**
 * The settings of the source beside those of the connection, under the names that Kafka Connect's users know: how new rows are
 * found here, which tables are read in {@link TableKeys}, what records look like in {@link RecordKeys}.
 */
public final class SourceKeys {
    private static final String READING = "Reading";
    private static final String SAFETY = "Safe mode";

    static final ConfigKey<String> MODE = ConfigKey.string("mode")
            .check(Check.oneOfIgnoringCase("bulk", "incrementing", "timestamp", "timestamp+incrementing", "cdc"))
            .doc("How new rows are found: bulk reads everything each time; incrementing, timestamp and"
                    + " timestamp+incrementing read what a growing number, a timestamp, or both say is new; cdc captures"
                    + " every change of a PostgreSQL database from its log, deletes included.")
            .importance(Importance.HIGH)
            .group(READING);

    static final ConfigKey<String> NUMBER_COLUMN = ConfigKey.string("incrementing.column.name")
            .alias("incrementing.column")
            .optional()
            .doc(
                    "The column whose numbers grow with each new row. If it is not set, the column that the database counts"
                            + " itself, if there is exactly one.")
            .group(READING);

    static final ConfigKey<List<String>> TIME_COLUMNS = ConfigKey.list("timestamp.column.name")
            .defaultsTo(List.of())
            .doc(
                    "The columns that hold the time of a row's last change; of several, the first that is not null counts.")
            .group(READING);

    static final ConfigKey<String> NUMBER_MAPPING = ConfigKey.string("incrementing.column.mapping")
            .optional()
            .doc("The growing column by table: regex:column, separated by commas. The first match counts.")
            .group(READING)
            .width(Width.LONG);

    static final ConfigKey<String> TIME_MAPPING = ConfigKey.string("timestamp.columns.mapping")
            .optional()
            .doc("The time columns by table: regex:[column|column], separated by commas. The first match counts.")
            .group(READING)
            .width(Width.LONG);

    static final ConfigKey<Long> TIME_INITIAL = ConfigKey.longInteger("timestamp.initial")
            .alias("timestamp.initial.ms")
            .optional()
            .doc("Where a table without a stored offset begins: milliseconds since 1970, or -1 for now. From the first"
                    + " row if it is not set.")
            .importance(Importance.LOW)
            .group(READING);

    static final ConfigKey<Long> NUMBER_INITIAL = ConfigKey.longInteger("incrementing.initial")
            .extended()
            .optional()
            .doc(
                    "Where a table without a stored offset begins: the number after which rows are read. From the first row"
                            + " if it is not set.")
            .importance(Importance.LOW)
            .group(READING);

    static final ConfigKey<Duration> DELAY = ConfigKey.duration("timestamp.delay.interval.ms")
            .defaultsTo(Duration.ZERO)
            .check(Check.atLeast(Duration.ZERO))
            .doc("How far reading by timestamp stays behind the clock of the database.")
            .importance(Importance.LOW)
            .group(READING);

    static final ConfigKey<Boolean> NON_NULL = ConfigKey.bool("validate.non.null")
            .defaultsTo(true)
            .doc(
                    "Whether tables are refused whose growing column, or all of whose time columns, may hold null: such rows"
                            + " are never read.")
            .importance(Importance.LOW)
            .group(READING);

    static final ConfigKey<String> QUERY = ConfigKey.string("query")
            .optional()
            .doc("A query to read instead of tables. It may end before its WHERE, which the mode adds.")
            .group(READING)
            .width(Width.LONG);

    static final ConfigKey<String> QUERY_MASKED = ConfigKey.string("query.masked")
            .optional()
            .secret()
            .doc("The same as query, for one that no log and no answer may show.")
            .importance(Importance.LOW)
            .group(READING)
            .width(Width.LONG);

    static final ConfigKey<String> QUERY_SUFFIX = ConfigKey.string("query.suffix")
            .optional()
            .doc("Text put behind every query, such as a hint. With LIMIT it bounds a round; safe mode is then off.")
            .importance(Importance.LOW)
            .group(READING);

    static final ConfigKey<Duration> POLL_INTERVAL = ConfigKey.duration("poll.interval.ms")
            .defaultsTo(Duration.ofSeconds(5))
            .check(Check.atLeast(Duration.ofMillis(1)))
            .doc("Time between two looks at a table that has nothing more.")
            .group(READING);

    static final ConfigKey<Integer> BATCH_ROWS = ConfigKey.integer("batch.max.rows")
            .defaultsTo(1_000)
            .check(Check.between(1, 1_000_000))
            .doc("Rows handed over at a time, at most.")
            .importance(Importance.LOW)
            .group(READING);

    static final ConfigKey<Long> SPLIT_ROWS = ConfigKey.longInteger("first.load.split.rows.min")
            .extended()
            .defaultsTo(1_000_000L)
            .check(Check.atLeast(1L))
            .doc(
                    "From how many rows on all tasks together read a table for the first time, each of them a range. On PostgreSQL"
                            + " in safe mode, if tasks.max is above 1.")
            .importance(Importance.LOW)
            .group(READING);

    static final ConfigKey<Long> BATCH_BYTES = ConfigKey.size("batch.bytes.max")
            .extended()
            .defaultsTo(4L << 20)
            .check(Check.between(1L, 1L << 30))
            .doc("Bytes of rows handed over at a time, at most; a larger row goes alone.")
            .importance(Importance.LOW)
            .group(READING);

    static final ConfigKey<Isolation> ISOLATION = ConfigKey.enumeration("transaction.isolation.mode", Isolation.class)
            .defaultsTo(Isolation.DEFAULT)
            .doc("Isolation of the transactions that read. Safe mode on PostgreSQL always uses repeatable read.")
            .importance(Importance.LOW)
            .group(READING);

    static final ConfigKey<Boolean> SAFE = ConfigKey.bool("safe.mode")
            .extended()
            .defaultsTo(true)
            .doc(
                    "Whether rows are looked for that were committed after later ones were read. Off: as other JDBC sources,"
                            + " which lose them.")
            .importance(Importance.HIGH)
            .group(SAFETY);

    static final ConfigKey<Long> LATE_NUMBERS = ConfigKey.longInteger("safe.mode.late.numbers")
            .extended()
            .defaultsTo(0L)
            .check(Check.atLeast(0L))
            .doc(
                    "How far below the newest number a row may still appear although no transaction of that time runs any"
                            + " more. Needed where sessions take numbers in advance (a sequence with CACHE) or writers choose them.")
            .importance(Importance.LOW)
            .group(SAFETY);

    static final ConfigKey<Duration> LATE_TIME = ConfigKey.duration("safe.mode.late.ms")
            .extended()
            .defaultsTo(Duration.ofSeconds(10))
            .check(Check.atLeast(Duration.ZERO))
            .doc(
                    "How far before the newest timestamp a row may still appear although no transaction of that time runs any"
                            + " more: how wrong the clocks of writers may be. On databases without snapshots, and on a standby, how"
                            + " long a transaction may run between taking its number or timestamp and its commit.")
            .importance(Importance.MEDIUM)
            .group(SAFETY);

    static final ConfigKey<String> DIALECT = ConfigKey.string("dialect.name")
            .optional()
            .check(Check.of(
                    "one of " + Dialects.names(),
                    name -> name.isBlank() || Dialects.named(name).isPresent()))
            .doc("The kind of database, if its address does not tell.")
            .importance(Importance.LOW)
            .group("Connection");

    /** The tables of one task, which the connector writes and the task reads. */
    static final ConfigKey<String> TASK_TABLES =
            ConfigKey.string("task.tables").internal().extended().optional().doc("The tables of the task.");

    /** The large tables that are being loaded in parts, by all tasks. */
    static final ConfigKey<String> TASK_LOADS = ConfigKey.string("task.load.tables")
            .internal()
            .extended()
            .optional()
            .doc("The tables that all tasks load together.");

    /** Which task of how many this is, and how those tables are divided. */
    static final ConfigKey<String> TASK_PLANS =
            ConfigKey.string("task.load.plans").internal().extended().optional().doc("How those tables are divided.");

    /** All of them, with those of the connection. */
    public static final ConfigSpec SPEC = ConfigSpec.of()
            .plus(ConnectionConfig.SPEC)
            .plus(DIALECT, MODE)
            .plus(TableKeys.SPEC)
            .plus(NUMBER_COLUMN, TIME_COLUMNS, NUMBER_MAPPING, TIME_MAPPING, TIME_INITIAL, NUMBER_INITIAL, DELAY)
            .plus(NON_NULL, QUERY, QUERY_MASKED, QUERY_SUFFIX, POLL_INTERVAL, BATCH_ROWS, BATCH_BYTES, ISOLATION)
            .plus(SAFE, LATE_NUMBERS, LATE_TIME)
            .plus(RecordKeys.SPEC)
            .plus(TASK_TABLES, SPLIT_ROWS, TASK_LOADS, TASK_PLANS)
            .plus(
                    idle("quote.sql.identifiers", "Names are always quoted, and found whatever their case."),
                    idle("sql.quote.identifiers", "Names are always quoted, and found whatever their case."),
                    idle("table.names.qualify", "Tables are always named with their schema."),
                    idle("query.retry.attempts", "Failures of the database follow the connector's retry settings."),
                    idle("max.buffer.size", "At most two batches are held, see batch.max.rows and batch.bytes.max."),
                    idle("poll.linger.ms", "A poll answers within a second."))
            .removed(
                    "jdbc.credentials.provider.class",
                    "Use a config provider for connection.user and connection.password.")
            .rule(SourceRules::checkTables)
            .rule(SourceRules::checkColumns)
            .rule(SourceRules::checkQuery)
            .rule(SourceRules::checkCapture)
            .rule(SourceRules::checkReconciliation);

    private SourceKeys() {}

    private static ConfigKey<String> idle(String name, String why) {
        return ConfigKey.string(name)
                .optional()
                .doc("Accepted, without effect. " + why)
                .deprecated("It has no effect: leave it out. " + why)
                .importance(Importance.LOW)
                .group("Without effect");
    }
}
