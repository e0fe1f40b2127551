package dev.sluice.plugin.standard.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.data.Field;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.ConnectRecord;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.api.transform.Transformation;
import dev.sluice.testkit.Generated;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Our transformations beside Kafka Connect's, on random records with random settings. */
class TransformationParityTest {
    private static final int ROUND_COUNT = Boolean.getBoolean("sluice.soak") ? 3_000 : 100;
    private static final int RECORD_COUNT = 6;
    private static final String FIELD = "field";
    private static final String FIELDS = "fields";

    @Test
    void cast() {
        Function<Generated, Map<String, String>> settings = random -> settings(
                random,
                "spec",
                random.chance(3)
                        ? random.pick(List.of("int8", "string", "boolean", "int64", "INT32", "bytes", "x", "float64"))
                        : pairs(
                                random,
                                List.of("int8", "int16", "int32", "int64", "float32", "float64", "boolean", "string")));
        check(Cast.Key::new, settings, TransformationParityTest::isCastElsehow);
        check(Cast.Value::new, settings, TransformationParityTest::isCastElsehow);
    }

    @Test
    void dropHeaders() {
        check(DropHeaders::new, random -> settings(random, "headers", list(random, List.of("trace", "span", "none"))));
    }

    @Test
    void extractField() {
        Function<Generated, Map<String, String>> settings = random -> settings(
                random,
                FIELD,
                random.pick(List.of(
                        "id", "name", "a.b", "inner", "inner.id", "inner.`a.b`", "`x`y`", "inner.inner.at", "`")),
                "field.syntax.version",
                random.pick(List.of("V1", "V2", "v2")));
        check(ExtractField.Key::new, settings);
        check(ExtractField.Value::new, settings);
    }

    @Test
    void filter() {
        check(Filter::new, random -> Map.of());
    }

    @Test
    void flatten() {
        Function<Generated, Map<String, String>> settings =
                random -> settings(random, "delimiter", random.pick(List.of(".", "_", "", "`")));
        check(Flatten.Key::new, settings);
        check(Flatten.Value::new, settings);
    }

    @Test
    void headerFrom() {
        Function<Generated, Map<String, String>> settings = random -> settings(
                random,
                FIELDS,
                random.pick(List.of("id,name", "id", "a.b,at", "inner,inner", "none")),
                "headers",
                random.pick(List.of("one,two", "one", "one,one")),
                "operation",
                random.pick(List.of("move", "copy", "move", "copy", "swap")));
        check(HeaderFrom.Key::new, settings);
        check(HeaderFrom.Value::new, settings);
    }

    @Test
    void hoistField() {
        Function<Generated, Map<String, String>> settings = random -> settings(random, FIELD, "whole");
        check(HoistField.Key::new, settings);
        check(HoistField.Value::new, settings);
    }

    @Test
    void insertField() {
        Function<Generated, Map<String, String>> settings = random -> {
            Map<String, String> all = settings(random);
            for (String name : List.of("topic", "partition", "offset", "timestamp", "static")) {
                if (random.chance(2)) {
                    all.put(name + ".field", "new-" + name + random.pick(List.of("", "", "?", "!")));
                }
            }
            if (random.chance(2)) {
                all.put("static.value", "fixed");
            }
            return all;
        };
        check(InsertField.Key::new, settings);
        check(InsertField.Value::new, settings);
    }

    @Test
    void insertHeader() {
        check(
                InsertHeader::new,
                random -> settings(
                        random,
                        "header",
                        random.pick(List.of("trace", "new")),
                        "value.literal",
                        random.pick(
                                List.of("17", "true", "text", "300", "1.5", "[1,2]", "{\"a\":1}", "null", "-70000"))));
    }

    @Test
    void maskField() {
        Function<Generated, Map<String, String>> settings = random -> {
            Map<String, String> all = settings(random, FIELDS, list(random, RandomRecords.NAMES));
            if (random.chance(2)) {
                all.put("replacement", random.pick(List.of("42", "1.5", "300", "-1", "x", "1e2", "")));
            }
            return all;
        };
        check(MaskField.Key::new, settings, TransformationParityTest::isMaskedElsehow);
        check(MaskField.Value::new, settings, TransformationParityTest::isMaskedElsehow);
    }

    @Test
    void regexRouter() {
        check(
                RegexRouter::new,
                random -> settings(
                        random,
                        "regex",
                        random.pick(List.of("orders", "(orders)(.*)", ".*", "(?i)orders", "[a-z]", "(")),
                        "replacement",
                        random.pick(List.of("all", "$0-$0", "x\\$y"))));
    }

    @Test
    void replaceField() {
        Function<Generated, Map<String, String>> settings = random -> {
            Map<String, String> all = settings(random);
            if (random.chance(2)) {
                all.put("exclude", list(random, RandomRecords.NAMES));
            }
            if (random.chance(2)) {
                all.put("include", list(random, RandomRecords.NAMES));
            }
            if (random.chance(2)) {
                all.put(
                        "renames",
                        random.pick(List.of("id:key", "name:title,at:when", "id:new,inner:old", "x", "a:b:c")));
            }
            return all;
        };
        check(ReplaceField.Key::new, settings);
        check(ReplaceField.Value::new, settings);
    }

    @Test
    void setSchemaMetadata() {
        Function<Generated, Map<String, String>> settings = random -> {
            Map<String, String> all = settings(random);
            if (random.chance(2)) {
                all.put("schema.name", "Renamed");
            }
            if (random.chance(2)) {
                all.put("schema.version", random.pick(List.of("7", "-1", "x")));
            }
            return all;
        };
        check(SetSchemaMetadata.Key::new, settings, TransformationParityTest::isSchemaOfNoStruct);
        check(SetSchemaMetadata.Value::new, settings, TransformationParityTest::isSchemaOfNoStruct);
    }

    @Test
    void timestampConverter() {
        Function<Generated, Map<String, String>> settings = random -> {
            Map<String, String> all = settings(
                    random,
                    "target.type",
                    random.pick(List.of("string", "unix", "Date", "Time", "Timestamp", "x")),
                    "format",
                    random.pick(List.of("", "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss.SSS", "b", "d MMM yy")),
                    "unix.precision",
                    random.pick(List.of("seconds", "milliseconds", "microseconds", "nanoseconds")));
            if (!random.chance(4)) {
                all.put(FIELD, random.pick(List.of("at", "at", "id", "none")));
            }
            return all;
        };
        check(TimestampConverter.Key::new, settings, TransformationParityTest::isMicroTime);
        check(TimestampConverter.Value::new, settings, TransformationParityTest::isMicroTime);
    }

    @Test
    void timestampRouter() {
        check(
                TimestampRouter::new,
                random -> settings(
                        random,
                        "topic.format",
                        random.pick(List.of("${topic}-${timestamp}", "x", "${timestamp}${timestamp}.${topic}")),
                        "timestamp.format",
                        random.pick(List.of("yyyyMMdd", "HH:mm:ss.SSS", "'week' w", "MMM"))));
    }

    @Test
    void valueToKey() {
        check(ValueToKey::new, random -> settings(random, FIELDS, list(random, RandomRecords.NAMES)));
    }

    private static void check(Supplier<Transformation> ours, Function<Generated, Map<String, String>> settings) {
        check(ours, settings, (set, data) -> false);
    }

    /** Tries settings, and records with each, except where a difference is meant. */
    private static void check(
            Supplier<Transformation> ours,
            Function<Generated, Map<String, String>> settings,
            BiPredicate<Map<String, String>, SchemaAndValue> isDifferent) {
        AtomicInteger agreedCount = new AtomicInteger();
        Generated.rounds(ROUND_COUNT, random -> {
            Map<String, String> chosen = settings.apply(random);
            Parity parity = Parity.of(ours.get(), chosen);
            if (parity == null) {
                return;
            }
            try (parity) {
                parity.except(data -> isDifferent.test(chosen, data));
                RandomRecords records = new RandomRecords(random);
                for (int i = 0; i < RECORD_COUNT; i++) {
                    if (check(parity, records.record())) {
                        agreedCount.incrementAndGet();
                    }
                }
            }
        });
        if (Long.getLong(Generated.SEED_PROPERTY) == null) {
            assertThat(agreedCount.get())
                    .as("records that both accepted, or nothing was compared")
                    .isGreaterThan(ROUND_COUNT / 2);
        }
    }

    /** Returns whether both made the same of it, and not whether both refused it. */
    private static boolean check(Parity parity, ConnectRecord<?> record) {
        return record instanceof SinkRecord sink ? parity.assertSame(sink) : parity.assertSame((SourceRecord) record);
    }

    private static Map<String, String> settings(Generated random, String... namesAndValues) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        if (random.chance(3)) {
            settings.put("replace.null.with.default", "false");
        }
        return settings;
    }

    private static String list(Generated random, List<String> names) {
        List<String> chosen = names.stream().filter(name -> random.chance(3)).toList();
        return chosen.isEmpty() && !random.chance(9) ? names.get(0) : String.join(",", chosen);
    }

    private static String pairs(Generated random, List<String> types) {
        return String.join(
                ",",
                RandomRecords.NAMES.stream()
                        .filter(name -> random.chance(3))
                        .map(name -> name + ":" + random.pick(types))
                        .toList());
    }

    /**
     * A logical type that is cast as a whole loses its name, which Kafka Connect leaves; days and times become texts by
     * their type, where Kafka Connect guesses the form from the value.
     */
    private static boolean isCastElsehow(Map<String, String> settings, SchemaAndValue data) {
        Schema schema = data.schema();
        String spec = settings.getOrDefault("spec", "");
        if (schema != null && !spec.contains(":")) {
            return schema.logicalType().isPresent();
        }
        return schema instanceof StructSchema struct
                && struct.fields().stream()
                        .filter(field -> ("," + spec + ",").contains("," + field.name() + ":string,"))
                        .flatMap(field -> field.schema().logicalType().stream())
                        .anyMatch(logical -> logical != LogicalType.DECIMAL);
    }

    /** A masked decimal keeps its scale; Kafka Connect takes times in microseconds for plain numbers. */
    private static boolean isMaskedElsehow(Map<String, String> settings, SchemaAndValue data) {
        return data.schema() instanceof StructSchema struct
                && struct.fields().stream()
                        .filter(field -> settings.getOrDefault(FIELDS, "").contains(field.name()))
                        .map(Field::schema)
                        .flatMap(schema -> LogicalType.of(schema).stream())
                        .anyMatch(logical -> logical == LogicalType.DECIMAL || isMicro(logical));
    }

    /** Kafka Connect refuses to rename any schema but a struct's. */
    private static boolean isSchemaOfNoStruct(Map<String, String> settings, SchemaAndValue data) {
        return data.schema() != null && !(data.schema() instanceof StructSchema);
    }

    /** What Kafka Connect takes for a plain number we know to be a time in microseconds. */
    private static boolean isMicroTime(Map<String, String> settings, SchemaAndValue data) {
        Schema schema = data.schema() instanceof StructSchema struct && settings.containsKey(FIELD)
                ? struct.field(settings.get(FIELD)).map(Field::schema).orElse(null)
                : data.schema();
        LogicalType logical = schema == null ? null : LogicalType.of(schema).orElse(null);
        return logical != null && isMicro(logical);
    }

    private static boolean isMicro(LogicalType logical) {
        return logical == LogicalType.MICRO_TIME || logical == LogicalType.MICRO_TIMESTAMP;
    }
}
