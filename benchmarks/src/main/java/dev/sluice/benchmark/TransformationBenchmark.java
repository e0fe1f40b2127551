package dev.sluice.benchmark;

import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TimestampType;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.api.transform.Transformation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Our transformations beside Kafka Connect's: one order of eight fields, with and without a schema. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
        value = 1,
        jvmArgs = "-Xbatch") // Compilers that wait for a busy machine would leave the code slow for the whole run.
public class TransformationBenchmark {
    private static final long TIMESTAMP = 1_700_000_000_000L;
    private static final StructSchema SCHEMA = Schema.struct("Order")
            .field("id", Schema.INT64)
            .field("customer", Schema.STRING)
            .field("note", Schema.STRING.optional())
            .field("quantity", Schema.INT32)
            .field("price", Schema.FLOAT64)
            .field("paid", Schema.BOOLEAN)
            .field("country", Schema.STRING)
            .field("at", Schema.INT64)
            .build();

    /** The class without its package, then its settings, separated by blanks. */
    @Param({
        "InsertField$Value topic.field=topic static.field=origin static.value=test",
        "ReplaceField$Value exclude=note renames=customer:name",
        "MaskField$Value fields=customer,price",
        "Cast$Value spec=quantity:int64,price:string",
        "SetSchemaMetadata$Value schema.name=Renamed",
        "TimestampConverter$Value field=at target.type=Timestamp",
        "HeaderFrom$Value fields=country headers=country operation=move",
        "ValueToKey fields=id,country",
        "ExtractField$Value field=id",
        "HoistField$Value field=order",
        "Flatten$Value delimiter=_",
        "RegexRouter regex=(ord)(.*) replacement=$1-$2",
        "TimestampRouter topic.format=${topic}-${timestamp}",
        "InsertHeader header=origin value.literal=test"
    })
    public String transformation = "Filter";

    /** Whether the value has a schema. */
    @Param({"struct", "map"})
    public String data = "struct";

    private @Nullable Transformation ours;
    private org.apache.kafka.connect.transforms.@Nullable Transformation<org.apache.kafka.connect.sink.SinkRecord>
            theirs;
    private SinkRecord ourRecord = ourRecord(SchemaAndValue.NULL);
    private org.apache.kafka.connect.sink.@Nullable SinkRecord theirRecord;

    /** Makes both transformations and the record. */
    @Setup
    @SuppressWarnings("unchecked") // The names are the same, so the kinds are.
    public void configure() throws ReflectiveOperationException {
        String[] parts = transformation.split(" ", -1);
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            settings.put(parts[i].split("=", 2)[0], parts[i].split("=", 2)[1]);
        }
        Transformation made = Class.forName("dev.sluice.plugin.standard.transform." + parts[0])
                .asSubclass(Transformation.class)
                .getConstructor()
                .newInstance();
        made.configure(made.configSpec().parse(settings));
        ours = made;
        org.apache.kafka.connect.transforms.Transformation<org.apache.kafka.connect.sink.SinkRecord> kafka =
                Class.forName("org.apache.kafka.connect.transforms." + parts[0])
                        .asSubclass(org.apache.kafka.connect.transforms.Transformation.class)
                        .getConstructor()
                        .newInstance();
        kafka.configure(settings);
        theirs = kafka;
        Map<String, Object> values = values();
        ourRecord = ourRecord(data.equals("map") ? SchemaAndValue.schemaless(values) : ourOrder(values));
        theirRecord = data.equals("map") ? theirRecord(null, values) : theirOrder(values);
    }

    private static Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", 1234567890123L);
        values.put("customer", "Ada Lovelace");
        values.put("quantity", 42);
        values.put("price", 1234.56);
        values.put("paid", true);
        values.put("country", "GB");
        values.put("at", TIMESTAMP);
        return values;
    }

    private static SchemaAndValue ourOrder(Map<String, Object> values) {
        Object[] fields =
                SCHEMA.fields().stream().map(field -> values.get(field.name())).toArray();
        return SchemaAndValue.of(SCHEMA, Struct.ofFitting(SCHEMA, fields));
    }

    private static SinkRecord ourRecord(SchemaAndValue value) {
        RecordCoordinates origin = new RecordCoordinates(new TopicPartition("orders", 3), 42);
        SinkRecord plain = SinkRecord.of(origin, value);
        return new SinkRecord(
                plain.topic(),
                plain.partition(),
                plain.key(),
                value,
                TIMESTAMP,
                TimestampType.CREATE_TIME,
                plain.headers(),
                origin);
    }

    private static org.apache.kafka.connect.sink.SinkRecord theirOrder(Map<String, Object> values) {
        SchemaBuilder builder = SchemaBuilder.struct().name("Order");
        for (var field : SCHEMA.fields()) {
            SchemaBuilder type = SchemaBuilder.type(org.apache.kafka.connect.data.Schema.Type.valueOf(
                    field.schema().type().name()));
            builder.field(
                    field.name(), field.schema().isOptional() ? type.optional().build() : type.build());
        }
        var order = new org.apache.kafka.connect.data.Struct(builder.build());
        values.forEach(order::put);
        return theirRecord(order.schema(), order);
    }

    private static org.apache.kafka.connect.sink.SinkRecord theirRecord(
            org.apache.kafka.connect.data.@Nullable Schema schema, Object value) {
        return new org.apache.kafka.connect.sink.SinkRecord(
                "orders",
                3,
                null,
                null,
                schema,
                value,
                42,
                TIMESTAMP,
                org.apache.kafka.common.record.TimestampType.CREATE_TIME);
    }

    /** Applies ours. */
    @Benchmark
    public @Nullable SinkRecord ours() {
        return ours == null ? null : ours.apply(ourRecord);
    }

    /** Applies Kafka Connect's. */
    @Benchmark
    public org.apache.kafka.connect.sink.@Nullable SinkRecord kafkaConnect() {
        return theirs == null ? null : theirs.apply(theirRecord);
    }
}
