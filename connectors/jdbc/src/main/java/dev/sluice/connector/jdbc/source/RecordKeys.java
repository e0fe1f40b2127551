package dev.sluice.connector.jdbc.source;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Width;
import dev.sluice.connector.jdbc.type.CalendarSystem;
import dev.sluice.connector.jdbc.type.NumericMapping;
import dev.sluice.connector.jdbc.type.TimestampGranularity;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** The settings that say what records look like, and which of them tell of deleted rows. */
final class RecordKeys {
    private static final String RECORDS = "Records";

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

    static final ConfigKey<Duration> RECONCILE = ConfigKey.duration("reconcile.interval.ms")
            .extended()
            .optional()
            .check(Check.atLeast(Duration.ofMillis(1)))
            .doc("How often all keys of a table are compared with those that were delivered; one that is gone from the"
                    + " table becomes a tombstone. Also done at each start of a task, so that a restart asks for"
                    + " it. The keys are kept among the connector's offsets. Never if it is not set.")
            .importance(Importance.MEDIUM)
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
            .check(Check.of("the name of a time zone, such as UTC or Europe/Vienna", RecordKeys::isZone))
            .doc("The time zone in which columns without one are meant.")
            .importance(Importance.MEDIUM)
            .group(RECORDS);

    /** All of them. */
    static final ConfigSpec SPEC = ConfigSpec.of(TOPIC_PREFIX, TOPIC_TEMPLATE, KEY_COLUMNS, DELETE_COLUMN, DELETE_VALUE)
            .plus(RECONCILE, NUMERIC, NUMERIC_PRECISION, GRANULARITY, CALENDAR, ZONE);

    private RecordKeys() {}

    private static boolean isZone(String name) {
        try {
            return !ZoneId.of(name).getId().isEmpty();
        } catch (DateTimeException unknown) {
            return false;
        }
    }
}
