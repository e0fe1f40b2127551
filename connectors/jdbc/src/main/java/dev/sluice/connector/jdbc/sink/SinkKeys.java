package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Width;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** The settings of the sink beside those of the connection. The names are Confluent's; those of Aiven and Debezium are understood. */
final class SinkKeys {
    private static final String WRITING = "Writing";
    private static final String TABLES = "Tables and columns";
    private static final String CHANGES = "Changes of tables";
    private static final String DELIVERY = "Delivery";

    private static final Check<String> IS_RENAME = Check.of("field:column", text -> text.matches("[^:]+:[^:]+"));

    static final ConfigKey<InsertMode> INSERT_MODE = ConfigKey.enumeration("insert.mode", InsertMode.class)
            .defaultsTo(InsertMode.INSERT)
            .doc(
                    "What becomes of records: insert makes new rows, upsert makes new rows or updates those that have the key,"
                            + " update does only that. multi is another word for insert.")
            .importance(Importance.HIGH)
            .group(WRITING)
            .width(Width.SHORT);

    static final ConfigKey<Integer> BATCH_SIZE = ConfigKey.integer("batch.size")
            .defaultsTo(3_000)
            .check(Check.atLeast(1))
            .doc(
                    "Rows that one statement carries at most. PostgreSQL takes them in bulk, where it has no effect. How many"
                            + " records a transaction has at most is said by consumer.override.max.poll.records.")
            .group(WRITING)
            .width(Width.SHORT);

    static final ConfigKey<Boolean> DELETE_ENABLED = ConfigKey.bool("delete.enabled")
            .defaultsTo(false)
            .doc(
                    "Whether a record without a value deletes the row of its key (pk.mode=record_key), and a delete of Debezium"
                            + " the row of its key or former values.")
            .group(WRITING)
            .width(Width.SHORT);

    static final ConfigKey<Boolean> TRUNCATE_ENABLED = ConfigKey.bool("truncate.enabled")
            .extended()
            .defaultsTo(false)
            .doc("Whether a truncate of Debezium (op=t) empties the table. Otherwise it is left out.")
            .importance(Importance.LOW)
            .group(WRITING)
            .width(Width.SHORT);

    static final ConfigKey<PkMode> PK_MODE = ConfigKey.enumeration("pk.mode", PkMode.class)
            .alias("primary.key.mode")
            .defaultsTo(PkMode.NONE)
            .doc("Where the columns of the key get their values: none, kafka (topic, partition, offset), record_key,"
                    + " record_value or record_header.")
            .importance(Importance.HIGH)
            .group(TABLES)
            .width(Width.SHORT);

    static final ConfigKey<List<String>> PK_FIELDS = ConfigKey.list("pk.fields")
            .alias("primary.key.fields")
            .defaultsTo(List.of())
            .check(Check.distinct())
            .doc(
                    "Fields or headers that make the key; left out, all of the record's key or value. For a key that is no struct,"
                            + " the name of its column. With pk.mode=kafka three names, otherwise __connect_topic,"
                            + " __connect_partition and __connect_offset.")
            .group(TABLES)
            .width(Width.LONG);

    static final ConfigKey<String> TABLE_FORMAT = ConfigKey.string("table.name.format")
            .alias("collection.name.format")
            .defaultsTo("${topic}")
            .check(Check.nonEmpty())
            .doc(
                    "Name of the table, in which ${topic} stands for the topic and ${source.table}, ${source.schema} … for what"
                            + " Debezium says of the origin. A dot divides schema and table; within double quotes it is a"
                            + " part of the name.")
            .group(TABLES)
            .width(Width.LONG);

    static final ConfigKey<List<String>> TOPIC_TABLES = ConfigKey.list("topics.to.tables.mapping")
            .extended()
            .defaultsTo(List.of())
            .check(Check.each(Check.of("topic:table", text -> text.matches("[^:]+:.+"))))
            .doc("Tables of single topics, as topic:table; they go before table.name.format.")
            .importance(Importance.LOW)
            .group(TABLES)
            .width(Width.LONG);

    static final ConfigKey<Boolean> TABLE_NORMALIZE = ConfigKey.bool("table.name.normalize")
            .extended()
            .defaultsTo(false)
            .doc("Whether every character of a topic but letters, digits and _ becomes _ in the table's name.")
            .importance(Importance.LOW)
            .group(TABLES)
            .width(Width.SHORT);

    static final ConfigKey<List<String>> FIELDS_INCLUDE = ConfigKey.list("fields.whitelist")
            .alias("field.include.list")
            .alias("fields.include")
            .defaultsTo(List.of())
            .doc("Fields of the value that become columns, as field or as topic:field with expressions; left out, all.")
            .group(TABLES)
            .width(Width.LONG);

    static final ConfigKey<List<String>> FIELDS_EXCLUDE = ConfigKey.list("field.exclude.list")
            .extended()
            .alias("fields.exclude")
            .defaultsTo(List.of())
            .doc("Fields of the value that become no columns, as field or as topic:field with expressions.")
            .group(TABLES)
            .width(Width.LONG);

    static final ConfigKey<List<String>> FIELDS_RENAME = ConfigKey.list("fields.rename")
            .extended()
            .defaultsTo(List.of())
            .check(Check.each(IS_RENAME))
            .doc("Columns that have another name than their field, as field:column.")
            .group(TABLES)
            .width(Width.LONG);

    static final ConfigKey<String> STRING_COLUMN = ConfigKey.string("string.output.value.column.name")
            .defaultsTo("record_value")
            .check(Check.nonEmpty())
            .doc("Column for values that are no struct and no map: texts, numbers, bytes, lists.")
            .importance(Importance.LOW)
            .group(TABLES)
            .width(Width.MEDIUM);

    static final ConfigKey<List<String>> TIMESTAMP_FIELDS = ConfigKey.list("timestamp.fields.list")
            .defaultsTo(List.of())
            .doc("Fields with numbers (milliseconds since 1970) or texts (ISO 8601) that are written as timestamps.")
            .importance(Importance.LOW)
            .group(TABLES)
            .width(Width.LONG);

    static final ConfigKey<String> DB_TIMEZONE = ConfigKey.string("db.timezone")
            .alias("use.time.zone")
            .defaultsTo("UTC")
            .check(Check.of("a time zone such as UTC or Europe/Berlin", SinkKeys::isZone))
            .doc(
                    "Time zone whose clock is written into columns that have none (timestamp). Columns with a time zone hold"
                            + " the instant, whatever is set here.")
            .group(TABLES)
            .width(Width.MEDIUM);

    static final ConfigKey<Boolean> REPLACE_NULL = ConfigKey.bool("replace.null.with.default")
            .defaultsTo(true)
            .doc("Whether null becomes the default of the field's schema, where it has one.")
            .group(TABLES)
            .width(Width.SHORT);

    static final ConfigKey<Quotes> QUOTES = ConfigKey.enumeration("quote.sql.identifiers", Quotes.class)
            .defaultsTo(Quotes.ALWAYS)
            .doc(
                    "With never, names are written as the database keeps unquoted ones, such as all in lower case by PostgreSQL.")
            .group(TABLES)
            .width(Width.SHORT);

    static final ConfigKey<Boolean> AUTO_CREATE = ConfigKey.bool("auto.create")
            .defaultsTo(false)
            .doc(
                    "Whether a missing table is made from the record's schema, or from the values of a record that has none.")
            .group(CHANGES)
            .width(Width.SHORT);

    static final ConfigKey<Boolean> AUTO_EVOLVE = ConfigKey.bool("auto.evolve")
            .defaultsTo(false)
            .doc("Whether missing columns are added and columns widened; the same as schema.drift=evolve.")
            .group(CHANGES)
            .width(Width.SHORT);

    static final ConfigKey<Evolution> SCHEMA_EVOLUTION = ConfigKey.enumeration("schema.evolution", Evolution.class)
            .extended()
            .defaultsTo(Evolution.NONE)
            .doc("Debezium's word: basic is auto.create=true and auto.evolve=true.")
            .importance(Importance.LOW)
            .group(CHANGES)
            .width(Width.SHORT);

    static final ConfigKey<Drift> DRIFT = ConfigKey.enumeration("schema.drift", Drift.class)
            .extended()
            .optional()
            .doc(
                    "What happens where a record does not fit its table. fail stops the task; dlq makes it a bad record; evolve"
                            + " adds the column or widens its type; lenient leaves fields without a column out and logs it; ignore"
                            + " also leaves fields of another type out. Left out: evolve with auto.evolve=true, else fail.")
            .group(CHANGES)
            .width(Width.SHORT);

    static final ConfigKey<Boolean> DROP_NOT_NULL = ConfigKey.bool("auto.evolve.nullable")
            .extended()
            .defaultsTo(false)
            .doc("Whether schema.drift=evolve lets a column take null for a field that is optional or missing.")
            .importance(Importance.LOW)
            .group(CHANGES)
            .width(Width.SHORT);

    static final ConfigKey<Boolean> EXACTLY_ONCE = ConfigKey.bool("exactly.once")
            .extended()
            .defaultsTo(false)
            .doc(
                    "Whether offsets are kept in a table of the database, written in the transaction of the rows, so that no"
                            + " record is written twice whatever fails.")
            .group(DELIVERY)
            .width(Width.SHORT);

    static final ConfigKey<String> OFFSETS_TABLE = ConfigKey.string("exactly.once.table")
            .extended()
            .defaultsTo("sluice_offsets")
            .check(Check.nonEmpty())
            .doc("Table of the offsets, made at the first start; connectors may share it.")
            .importance(Importance.LOW)
            .group(DELIVERY)
            .width(Width.MEDIUM);

    static final ConfigKey<Integer> MAX_RETRIES = ConfigKey.integer("max.retries")
            .alias("flush.max.retries")
            .optional()
            .check(Check.atLeast(0))
            .doc(
                    "How often a batch is tried again after a failure that may pass; then the task fails. Left out, the limit is"
                            + " the time in sink.put.retry.timeout.ms.")
            .group(DELIVERY)
            .width(Width.SHORT);

    static final ConfigKey<Duration> RETRY_BACKOFF = ConfigKey.duration("retry.backoff.ms")
            .alias("flush.retry.delay.ms")
            .optional()
            .check(Check.between(Duration.ZERO, Duration.ofHours(1)))
            .doc("Pause before a batch is tried again. Left out, pauses grow from 100 ms to 30 s.")
            .group(DELIVERY)
            .width(Width.SHORT);

    static final ConfigKey<String> DIALECT = ConfigKey.string("dialect.name")
            .optional()
            .doc("Kind of the database, such as PostgreSQL; left out, it is read from connection.url.")
            .importance(Importance.LOW)
            .group(WRITING)
            .width(Width.MEDIUM);

    private SinkKeys() {}

    /** When names are quoted. */
    enum Quotes {
        /** All are, so that they keep their letters. */
        ALWAYS,
        /** None looks quoted: each has the letters that the database gives to unquoted ones. */
        NEVER
    }

    /** What Debezium changes on its own. */
    enum Evolution {
        /** Nothing. */
        NONE,
        /** Tables and columns are made. */
        BASIC
    }

    private static boolean isZone(String text) {
        try {
            return !ZoneId.of(text).getId().isEmpty();
        } catch (DateTimeException unknown) {
            return false;
        }
    }
}
