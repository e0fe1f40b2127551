package dev.sluice.connector.jdbc.source;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Width;
import dev.sluice.connector.jdbc.connection.ConnectionConfig;
import dev.sluice.connector.jdbc.dialect.Dialects;
import dev.sluice.connector.jdbc.type.CalendarSystem;
import dev.sluice.connector.jdbc.type.NumericMapping;
import dev.sluice.connector.jdbc.type.TimestampGranularity;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** The settings of the source beside those of the connection, under the names that Kafka Connect's users know. */
public final class SourceKeys {
    private static final String TABLES = "Tables";
    private static final String READING = "Reading";
    private static final String SAFETY = "Safe mode";
    private static final String RECORDS = "Records";

    static final ConfigKey<String> MODE = ConfigKey.string("mode")
            .check(Check.oneOfIgnoringCase("bulk", "incrementing", "timestamp", "timestamp+incrementing", "cdc"))
            .doc("How new rows are found: bulk reads everything each time; incrementing, timestamp and"
                    + " timestamp+incrementing read what a growing number, a timestamp, or both say is new; cdc captures"
                    + " every change of a PostgreSQL database from its log, deletes included.")
            .importance(Importance.HIGH)
            .group(READING);

    static final ConfigKey<List<String>> INCLUDE = ConfigKey.list("table.include.list")
            .defaultsTo(List.of())
            .doc("Regular expressions of the tables to read, each matched with the whole name: catalog.schema.table,"
                    + " schema.table or table. All tables if neither this nor table.whitelist is set.")
            .importance(Importance.HIGH)
            .group(TABLES)
            .width(Width.LONG);

    static final ConfigKey<List<String>> EXCLUDE = ConfigKey.list("table.exclude.list")
            .defaultsTo(List.of())
            .doc("Regular expressions of tables that are left out of those included.")
            .group(TABLES)
            .width(Width.LONG);

    static final ConfigKey<List<String>> WHITELIST = ConfigKey.list("table.whitelist")
            .defaultsTo(List.of())
            .doc("Names of the tables to read, with or without schema.")
            .group(TABLES)
            .width(Width.LONG);

    static final ConfigKey<List<String>> BLACKLIST = ConfigKey.list("table.blacklist")
            .defaultsTo(List.of())
            .doc("Names of tables that are not read, with or without schema.")
            .group(TABLES)
            .width(Width.LONG);

    static final ConfigKey<String> CATALOG = ConfigKey.string("catalog.pattern")
            .optional()
            .doc("The catalog whose tables are looked for. All that the connection sees if it is not set.")
            .group(TABLES);

    static final ConfigKey<String> SCHEMA = ConfigKey.string("schema.pattern")
            .optional()
            .doc("The schema whose tables are looked for, with the wildcards _ and % of SQL. All if it is not set.")
            .group(TABLES);

    static final ConfigKey<List<String>> TYPES = ConfigKey.list("table.types")
            .defaultsTo(List.of("TABLE"))
            .doc("Kinds of tables to look for, as the driver calls them: TABLE, VIEW, PARTITIONED TABLE and others."
                    + " PostgreSQL lists a partitioned table and its partitions apart; choose one of them.")
            .importance(Importance.LOW)
            .group(TABLES);

    static final ConfigKey<Duration> TABLE_INTERVAL = ConfigKey.duration("table.poll.interval.ms")
            .defaultsTo(Duration.ofMinutes(1))
            .check(Check.atLeast(Duration.ofMillis(10)))
            .doc("Time between two looks for new and gone tables. Tasks are set up anew only when the set has changed.")
            .importance(Importance.LOW)
            .group(TABLES);

    static final ConfigKey<Duration> STARTUP_LIMIT = ConfigKey.duration("table.monitoring.startup.polling.limit.ms")
            .defaultsTo(Duration.ofSeconds(10))
            .check(Check.atLeast(Duration.ZERO))
            .doc("How long the first look for tables may take before tasks are set up without it.")
            .importance(Importance.LOW)
            .group(TABLES);

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

    static final ConfigKey<String> TOPIC_PREFIX = ConfigKey.string("topic.prefix")
            .check(Check.noControlCharacters())
            .doc("What topic names begin with; with a query, the topic's whole name.")
            .importance(Importance.HIGH)
            .group(RECORDS);

    static final ConfigKey<String> TOPIC_TEMPLATE = ConfigKey.string("topic.name.template")
            .extended()
            .defaultsTo("${prefix}${table}")
            .check(TopicTemplate.CHECK)
            .doc("The topic of a table: ${prefix}, ${catalog}, ${schema} and ${table} stand for the names.")
            .group(RECORDS)
            .width(Width.LONG);

    static final ConfigKey<List<String>> KEY_COLUMNS = ConfigKey.list("key.columns")
            .extended()
            .defaultsTo(List.of(KeyChoice.PRIMARY_KEY))
            .check(Check.nonEmptyList())
            .doc(
                    "The columns of the record's key: primary_key, none, or their names. A table without a primary key then"
                            + " has records without a key.")
            .group(RECORDS);

    static final ConfigKey<String> DELETE_COLUMN = ConfigKey.string("delete.column")
            .extended()
            .optional()
            .doc("The column that marks a row as deleted. Such a row becomes a tombstone, a key without a value.")
            .importance(Importance.LOW)
            .group(RECORDS);

    static final ConfigKey<String> DELETE_VALUE = ConfigKey.string("delete.value")
            .extended()
            .optional()
            .doc("The text of the delete.column's value that means deleted. If it is not set, anything but null, false,"
                    + " 0 and the empty text does.")
            .importance(Importance.LOW)
            .group(RECORDS);

    static final ConfigKey<NumericMapping> NUMERIC = ConfigKey.enumeration("numeric.mapping", NumericMapping.class)
            .defaultsTo(NumericMapping.NONE)
            .doc("What becomes of NUMERIC and DECIMAL columns: none keeps them exact; precision_only makes short whole"
                    + " numbers integers; best_fit also makes short fractions doubles, and best_fit_eager_double all"
                    + " fractions.")
            .importance(Importance.LOW)
            .group(RECORDS);

    static final ConfigKey<Boolean> NUMERIC_PRECISION = ConfigKey.bool("numeric.precision.mapping")
            .defaultsTo(false)
            .doc("True is numeric.mapping=precision_only.")
            .deprecated("Use numeric.mapping.")
            .importance(Importance.LOW)
            .group(RECORDS);

    static final ConfigKey<TimestampGranularity> GRANULARITY = ConfigKey.enumeration(
                    "timestamp.granularity", TimestampGranularity.class)
            .defaultsTo(TimestampGranularity.CONNECT_LOGICAL)
            .doc(
                    "What becomes of points in time: Kafka Connect's Timestamp in milliseconds, the same in microseconds, or"
                            + " numbers and texts.")
            .importance(Importance.LOW)
            .group(RECORDS);

    static final ConfigKey<CalendarSystem> CALENDAR = ConfigKey.enumeration(
                    "date.calendar.system", CalendarSystem.class)
            .defaultsTo(CalendarSystem.PROLEPTIC_GREGORIAN)
            .doc("How days before 15 October 1582 are counted.")
            .importance(Importance.LOW)
            .group(RECORDS);

    static final ConfigKey<String> ZONE = ConfigKey.string("db.timezone")
            .defaultsTo("UTC")
            .check(Check.of("the name of a time zone, such as UTC or Europe/Vienna", SourceKeys::isZone))
            .doc("The time zone in which columns without one are meant.")
            .importance(Importance.MEDIUM)
            .group(RECORDS);

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
            .plus(DIALECT, MODE, INCLUDE, EXCLUDE, WHITELIST, BLACKLIST, CATALOG, SCHEMA, TYPES, TABLE_INTERVAL)
            .plus(STARTUP_LIMIT, NUMBER_COLUMN, TIME_COLUMNS, NUMBER_MAPPING, TIME_MAPPING, TIME_INITIAL)
            .plus(NUMBER_INITIAL, DELAY, NON_NULL, QUERY, QUERY_MASKED, QUERY_SUFFIX, POLL_INTERVAL, BATCH_ROWS)
            .plus(BATCH_BYTES, ISOLATION, SAFE, LATE_NUMBERS, LATE_TIME, TOPIC_PREFIX, TOPIC_TEMPLATE, KEY_COLUMNS)
            .plus(DELETE_COLUMN, DELETE_VALUE, NUMERIC, NUMERIC_PRECISION, GRANULARITY, CALENDAR, ZONE, TASK_TABLES)
            .plus(SPLIT_ROWS, TASK_LOADS, TASK_PLANS)
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
            .rule(SourceRules::checkCapture);

    private SourceKeys() {}

    private static ConfigKey<String> idle(String name, String why) {
        return ConfigKey.string(name)
                .optional()
                .doc("Accepted, without effect. " + why)
                .deprecated("It has no effect: leave it out. " + why)
                .importance(Importance.LOW)
                .group("Without effect");
    }

    private static boolean isZone(String name) {
        try {
            return !ZoneId.of(name).getId().isEmpty();
        } catch (DateTimeException unknown) {
            return false;
        }
    }
}
