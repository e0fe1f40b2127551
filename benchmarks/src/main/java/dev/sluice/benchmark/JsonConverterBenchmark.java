package dev.sluice.benchmark;

import dev.sluice.api.convert.ConverterRole;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.Headers;
import dev.sluice.plugin.standard.json.JsonConverter;
import java.util.List;
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

/** Our JSON converter beside Kafka Connect's: one order of eight fields, written and read, with and without schemas. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JsonConverterBenchmark {
    private static final StructSchema SCHEMA = Schema.struct("Order")
            .field("id", Schema.INT64)
            .field("customer", Schema.STRING)
            .field("note", Schema.STRING.optional())
            .field("quantity", Schema.INT32)
            .field("price", Schema.FLOAT64)
            .field("paid", Schema.BOOLEAN)
            .field("tags", Schema.array(Schema.STRING))
            .field("counts", Schema.map(Schema.STRING, Schema.INT64))
            .build();
    private static final List<String> TAGS = List.of("new", "gift", "express");
    private static final Map<String, Long> COUNTS = Map.of("boxes", 2L, "items", 17L);

    /** Whether every text carries its schema. */
    @Param({"false", "true"})
    public String schemas = "false";

    private final JsonConverter ours = new JsonConverter();
    private final org.apache.kafka.connect.json.JsonConverter theirs =
            new org.apache.kafka.connect.json.JsonConverter();
    private final SchemaAndValue ourOrder = ourOrder();
    private final org.apache.kafka.connect.data.Struct theirOrder = theirOrder();
    private byte[] bytes = {};

    private static SchemaAndValue ourOrder() {
        Struct order = Struct.builder(SCHEMA)
                .set("id", 1234567890123L)
                .set("customer", "Ada Lovelace")
                .set("quantity", 42)
                .set("price", 1234.56)
                .set("paid", true)
                .set("tags", TAGS)
                .set("counts", COUNTS)
                .build();
        return SchemaAndValue.of(SCHEMA, order);
    }

    private static org.apache.kafka.connect.data.Struct theirOrder() {
        org.apache.kafka.connect.data.Schema schema = SchemaBuilder.struct()
                .name("Order")
                .field("id", org.apache.kafka.connect.data.Schema.INT64_SCHEMA)
                .field("customer", org.apache.kafka.connect.data.Schema.STRING_SCHEMA)
                .field("note", org.apache.kafka.connect.data.Schema.OPTIONAL_STRING_SCHEMA)
                .field("quantity", org.apache.kafka.connect.data.Schema.INT32_SCHEMA)
                .field("price", org.apache.kafka.connect.data.Schema.FLOAT64_SCHEMA)
                .field("paid", org.apache.kafka.connect.data.Schema.BOOLEAN_SCHEMA)
                .field(
                        "tags",
                        SchemaBuilder.array(org.apache.kafka.connect.data.Schema.STRING_SCHEMA)
                                .build())
                .field(
                        "counts",
                        SchemaBuilder.map(
                                        org.apache.kafka.connect.data.Schema.STRING_SCHEMA,
                                        org.apache.kafka.connect.data.Schema.INT64_SCHEMA)
                                .build())
                .build();
        return new org.apache.kafka.connect.data.Struct(schema)
                .put("id", 1234567890123L)
                .put("customer", "Ada Lovelace")
                .put("quantity", 42)
                .put("price", 1234.56)
                .put("paid", true)
                .put("tags", TAGS)
                .put("counts", COUNTS);
    }

    /** Configures both converters and writes the text to read. */
    @Setup
    public void configure() {
        ours.configure(ours.configSpec().parse(Map.of("schemas.enable", schemas)), ConverterRole.VALUE);
        theirs.configure(Map.of("schemas.enable", schemas), false);
        bytes = theirs.fromConnectData("orders", theirOrder.schema(), theirOrder);
    }

    /** Writes with ours. */
    @Benchmark
    public byte @Nullable [] writeOurs() {
        return ours.encode("orders", Headers.EMPTY, ourOrder);
    }

    /** Writes with Kafka Connect's. */
    @Benchmark
    public byte[] writeKafkaConnect() {
        return theirs.fromConnectData("orders", theirOrder.schema(), theirOrder);
    }

    /** Reads with ours. */
    @Benchmark
    public SchemaAndValue readOurs() {
        return ours.decode("orders", Headers.EMPTY, bytes);
    }

    /** Reads with Kafka Connect's. */
    @Benchmark
    public org.apache.kafka.connect.data.SchemaAndValue readKafkaConnect() {
        return theirs.toConnectData("orders", bytes);
    }
}
