package dev.sluice.connector.jdbc.source;

import dev.sluice.api.record.SourceRecord;
import dev.sluice.connector.jdbc.JdbcSourceConnector;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A process of its own, with a heap of its own, that reads a table to its end and says how many rows it saw. */
public final class ReadingChild {
    private ReadingChild() {}

    /**
     * Reads as a task with these settings.
     *
     * @param arguments the number of rows, then settings as {@code name=value}
     */
    public static void main(String[] arguments) {
        long wanted = Long.parseLong(arguments[0]);
        Map<String, String> settings = new HashMap<>();
        for (String setting : List.of(arguments).subList(1, arguments.length)) {
            int middle = setting.indexOf('=');
            settings.put(setting.substring(0, middle), setting.substring(middle + 1));
        }
        long count = 0;
        try (SourceTaskHarness task = SourceTaskHarness.start(
                new JdbcSourceConnector(), settings, new FakeSourceTaskContext(), Duration.ofMinutes(2))) {
            while (count < wanted) {
                List<SourceRecord> records = task.poll();
                task.commit(records);
                count += records.size();
            }
        }
        System.out.println("rows read: " + count);
    }
}
