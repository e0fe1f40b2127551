package dev.sluice.connector.elasticsearch.sink;

import dev.sluice.api.data.Encoded;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.connector.elasticsearch.ElasticsearchSinkConnector;
import dev.sluice.testkit.fake.FakeSinkTaskContext;
import dev.sluice.testkit.task.SinkTaskHarness;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process that feeds a sink task with documents of 10 KB as fast as it takes them, and reads no more while it says so. */
public final class SlowServerLoad {
    private static final TopicPartition PARTITION = new TopicPartition("large", 0);
    private static final int BATCH = 200;

    private SlowServerLoad() {}

    /** Runs with the address, the index and the number of documents. */
    public static void main(String[] arguments) {
        int count = Integer.parseInt(arguments[2]);
        FakeSinkTaskContext context = new FakeSinkTaskContext();
        Map<String, String> settings =
                Map.of("connection.url", arguments[0], "index.name", arguments[1], "schema.ignore", "true");
        try (SinkTaskHarness task =
                SinkTaskHarness.start(new ElasticsearchSinkConnector(), settings, context, Duration.ofMinutes(5))) {
            task.open(PARTITION);
            for (int from = 0; from < count; from += BATCH) {
                task.putRetrying(batch(from, Math.min(count, from + BATCH)));
                while (!context.paused().isEmpty()) {
                    var unused = task.flush();
                }
            }
            task.flushAll();
        }
        System.out.println("all " + count + " taken");
    }

    private static List<SinkRecord> batch(int from, int to) {
        List<SinkRecord> records = new ArrayList<>();
        for (int offset = from; offset < to; offset++) {
            byte[] json =
                    ("{\"n\":" + offset + ",\"text\":\"" + "x".repeat(10_000) + "\"}").getBytes(StandardCharsets.UTF_8);
            records.add(SinkRecord.of(
                            new RecordCoordinates(PARTITION, offset),
                            SchemaAndValue.undecoded(new Encoded(json, Encoded.JSON), bytes -> SchemaAndValue.NULL))
                    .withKey(SchemaAndValue.string("k" + offset)));
        }
        return records;
    }
}
