package dev.sluice.runtime.fake;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.ConfigValidation;
import dev.sluice.api.connector.ConnectorContext;
import dev.sluice.api.connector.ExactlyOnceSupport;
import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.connector.SourceConnectorContext;
import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.connector.SourceTaskContext;
import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source that reads the lines of its world. A line {@code skip} is passed over without a record; see its task for what else
 * lines may say.
 */
public final class FakeSource implements SourceConnector {
    private static final String KIND = "source";
    private Map<String, String> settings = Map.of();
    private FakeWorld world = FakeWorld.of(KIND);
    private int taskCount = 1;

    /** Made by the runtime. */
    public FakeSource() {
        FakeConnectors.constructed(KIND);
    }

    @Override
    public ConfigSpec configSpec() {
        return FakeConnectors.spec(KIND);
    }

    @Override
    public ConfigValidation validate(Map<String, String> given, ValidationProbe probe) {
        return FakeConnectors.validate(KIND, given);
    }

    @Override
    public void start(SourceConnectorContext context, Config config) {
        settings = config.originals();
        world = FakeWorld.of(config.get(FakeConnectors.WORLD));
        taskCount = config.get(FakeConnectors.TASKS);
        world.enter("start", context.connectorName());
        watchReconfiguration(context);
    }

    private void watchReconfiguration(ConnectorContext context) {
        world.at("reconfigure", count -> {
            taskCount = Integer.parseInt(count);
            context.requestTaskReconfiguration();
        });
        world.at("raise", message -> context.raiseError(new IllegalStateException(message)));
    }

    @Override
    public List<Map<String, String>> taskConfigs(int tasksMax) {
        world.enter("taskConfigs", "");
        return FakeConnectors.tasks(settings, taskCount, tasksMax);
    }

    @Override
    public SourceTask createTask() {
        FakeWorld.of(KIND).enter("createTask", KIND);
        return new Task();
    }

    @Override
    public void stop() {
        world.enter("stop", "");
    }

    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Config config) {
        return ExactlyOnceSupport.valueOf(config.originals().getOrDefault("exactly", "SUPPORTED"));
    }

    @Override
    public boolean canDefineTransactionBoundaries(Config config) {
        return !"no".equals(config.originals().get("boundaries"));
    }

    private static final class Task implements SourceTask {
        private FakeWorld world = FakeWorld.of(KIND);
        private @Nullable SourceTaskContext context;
        private Map<String, Object> partition = Map.of();
        private String topic = "";
        private int batch;
        private int next;

        @Override
        public void start(SourceTaskContext given, Config config) {
            context = given;
            world = FakeWorld.of(config.get(FakeConnectors.WORLD));
            topic = config.get(FakeConnectors.TOPIC);
            batch = config.get(FakeConnectors.BATCH);
            config.find(FakeConnectors.WORD).ifPresent(word -> world.calls().add("word " + word.reveal()));
            config.find(FakeConnectors.ADDRESS)
                    .ifPresent(address -> world.calls().add("address " + address));
            partition = Map.of("task", given.taskIndex());
            Map<String, @Nullable Object> stored = given.offsets().offset(partition);
            next = stored != null && stored.get("next") instanceof Long position ? position.intValue() : 0;
            world.calls().add("start " + next);
            world.enter("taskStart", Integer.toString(given.taskIndex()));
        }

        @Override
        public List<SourceRecord> poll() throws InterruptedException {
            world.enter("poll", Integer.toString(next));
            List<SourceRecord> records = new ArrayList<>();
            int end = world.input().size();
            while (next < end && records.size() < batch) {
                String line = world.input().get(next++);
                SourcePosition position = new SourcePosition(partition, Map.of("next", next));
                if (line.equals("skip") && context != null) {
                    context.advance(position);
                } else if (line.startsWith("unreadable") && context != null) {
                    SourceRecord record = SourceRecord.of(topic, SchemaAndValue.string(line), position);
                    DataException failure = new DataException("Cannot read the line: it is unreadable. Correct it.");
                    context.errantRecords().orElseThrow(() -> failure).report(record, failure);
                } else {
                    records.add(SourceRecord.of(topic, SchemaAndValue.string(line), position));
                    endTransaction(line, records.get(records.size() - 1));
                }
            }
            return records;
        }

        /** Lines that end in {@code commit} or {@code abort} end a transaction, if the task may do that. */
        private void endTransaction(String line, SourceRecord record) {
            SourceTaskContext given = context;
            if (given != null && line.endsWith("commit")) {
                given.transaction().ifPresent(transaction -> transaction.commitAfter(record));
            } else if (given != null && line.endsWith("abort")) {
                given.transaction().ifPresent(transaction -> transaction.abortAfter(record));
            }
        }

        @Override
        public boolean wantsRecordCommits() {
            return true;
        }

        @Override
        public void commitRecord(SourceRecord record, @Nullable RecordCoordinates coordinates) {
            world.calls().add("commitRecord " + record.value().value() + " " + coordinates);
        }

        @Override
        public void commit(List<SourcePosition> stored) {
            world.enter("commit", "");
            stored.forEach(
                    position -> world.calls().add("commit " + position.offset().get("next")));
        }

        @Override
        public void stop() {
            world.enter("taskStop", "");
            world.calls().add("stop");
        }
    }
}
