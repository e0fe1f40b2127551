package dev.sluice.connector.elasticsearch.document;

import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Width;
import java.util.List;

/** Settings of mappings, and of how values look that JSON does not have. */
final class MappingKeys {
    private static final String MAPPINGS = "Mappings and types";

    static final ConfigKey<Boolean> SCHEMA_IGNORE = ConfigKey.bool("schema.ignore")
            .defaultsTo(false)
            .doc("Whether schemas of records make no mappings, so that the server guesses types from values.")
            .importance(Importance.LOW)
            .group(MAPPINGS)
            .width(Width.SHORT);

    static final ConfigKey<List<String>> TOPIC_SCHEMA_IGNORE = ConfigKey.list("topic.schema.ignore")
            .defaultsTo(List.of())
            .doc("Topics of which schemas make no mappings, whatever holds for the others.")
            .importance(Importance.LOW)
            .group(MAPPINGS)
            .width(Width.LONG);

    static final ConfigKey<DecimalFormat> DECIMALS = ConfigKey.enumeration("decimal.format", DecimalFormat.class)
            .extended()
            .defaultsTo(DecimalFormat.DOUBLE)
            .doc(
                    "How exact decimals are written and mapped: double as 64 bit fraction; number with all digits in the document,"
                            + " mapped as double; scaled the same, mapped as scaled_float of the schema's scale; text as texts with all"
                            + " digits, mapped as keyword.")
            .group(MAPPINGS)
            .width(Width.SHORT);

    static final ConfigKey<TimeFormat> TIMES = ConfigKey.enumeration("time.format", TimeFormat.class)
            .extended()
            .defaultsTo(TimeFormat.NUMBER)
            .doc(
                    "How timestamps and times of day are written: number as Kafka Connect has them (milliseconds; microseconds for"
                            + " Debezium's types), iso as texts such as 2024-05-01T10:00:00.123456Z. Days are texts such as 2024-05-01"
                            + " always.")
            .group(MAPPINGS)
            .width(Width.SHORT);

    static final ConfigKey<NotFinite> NOT_FINITE = ConfigKey.enumeration("not.finite.numbers", NotFinite.class)
            .extended()
            .defaultsTo(NotFinite.FAIL)
            .doc(
                    "What NaN and the infinities become, which JSON does not have: fail makes a bad record, null writes null.")
            .importance(Importance.LOW)
            .group(MAPPINGS)
            .width(Width.SHORT);

    private MappingKeys() {}

    /** How exact decimals are written. */
    enum DecimalFormat {
        /** As a 64 bit fraction. */
        DOUBLE,
        /** With all digits. */
        NUMBER,
        /** With all digits, indexed as a scaled whole number. */
        SCALED,
        /** As text. */
        TEXT
    }

    /** How times are written. */
    enum TimeFormat {
        /** As Kafka Connect does. */
        NUMBER,
        /** As ISO 8601 does. */
        ISO
    }

    /** What numbers become that are none. */
    enum NotFinite {
        /** A bad record. */
        FAIL,
        /** Null. */
        NULL
    }
}
