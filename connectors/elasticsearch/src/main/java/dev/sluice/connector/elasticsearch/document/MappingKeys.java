package dev.sluice.connector.elasticsearch.document;

import dev.sluice.api.config.Check;
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

    static final ConfigKey<Drift> DRIFT = ConfigKey.enumeration("schema.drift", Drift.class)
            .extended()
            .optional()
            .doc(
                    "What happens where a record's schema does not fit the mapping of its index. fail stops the task; dlq makes it a"
                            + " bad record; evolve adds fields to the mapping; lenient leaves fields out that it does not have and logs"
                            + " it; ignore also leaves fields of another type out. Left out, the server decides document by document.")
            .group(MAPPINGS)
            .width(Width.SHORT);

    static final ConfigKey<List<String>> TYPES = ConfigKey.list("mapping.types")
            .extended()
            .defaultsTo(List.of())
            .check(Check.each(Check.of("field:type", text -> text.matches("[^:]+:[a-z_]+(\\([0-9.]+\\))?"))))
            .doc(
                    "Types of single fields in mappings that are made, as field:type with dots between the levels: name:keyword,"
                            + " place.point:geo_point, price:scaled_float(100).")
            .group(MAPPINGS)
            .width(Width.LONG);

    static final ConfigKey<StringType> STRINGS = ConfigKey.enumeration("mapping.strings", StringType.class)
            .extended()
            .defaultsTo(StringType.TEXT_KEYWORD)
            .doc("How texts are mapped: text_keyword as text with a field keyword inside, text, or keyword.")
            .group(MAPPINGS)
            .width(Width.SHORT);

    static final ConfigKey<Integer> KEYWORD_MAX = ConfigKey.integer("mapping.keyword.length.max")
            .extended()
            .defaultsTo(256)
            .check(Check.between(1, 32_766))
            .doc("How many characters of a text can be found as keyword; longer ones are kept but not found by it.")
            .importance(Importance.LOW)
            .group(MAPPINGS)
            .width(Width.SHORT);

    static final ConfigKey<Boolean> NESTED = ConfigKey.bool("mapping.arrays.nested")
            .extended()
            .defaultsTo(false)
            .doc(
                    "Whether arrays of structs are mapped as nested, so that queries keep the fields of each struct together.")
            .importance(Importance.LOW)
            .group(MAPPINGS)
            .width(Width.SHORT);

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

    /** How texts are mapped. */
    enum StringType {
        /** As text with a keyword inside. */
        TEXT_KEYWORD,
        /** As text. */
        TEXT,
        /** As keyword. */
        KEYWORD
    }

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
