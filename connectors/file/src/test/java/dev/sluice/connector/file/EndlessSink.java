package dev.sluice.connector.file;

import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.testkit.fake.FakeSinkTaskContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process that writes numbered lines until it is killed, and tells on standard output how far it may commit. */
final class EndlessSink {
    static final int LINE_CHARS = 20_000;
    private static final int BATCH_COUNT = 50;
    private static final TopicPartition PARTITION = new TopicPartition("lines", 0);

    private EndlessSink() {}

    static String line(long number) {
        String start = number + ":";
        return start + "x".repeat(LINE_CHARS - start.length());
    }

    public static void main(String[] arguments) {
        long next = Long.parseLong(arguments[1]);
        FileStreamSinkTask task = new FileStreamSinkTask();
        task.start(new FakeSinkTaskContext(), FileSinkConfig.SPEC.parse(Map.of("file", arguments[0])));
        while (true) {
            List<SinkRecord> batch = new ArrayList<>();
            for (int i = 0; i < BATCH_COUNT; i++) {
                SchemaAndValue value = SchemaAndValue.string(line(next));
                batch.add(SinkRecord.of(new RecordCoordinates(PARTITION, next), value));
                next++;
            }
            task.put(batch);
            System.out.println(task.flush(Map.of(PARTITION, next)).get(PARTITION));
        }
    }
}
