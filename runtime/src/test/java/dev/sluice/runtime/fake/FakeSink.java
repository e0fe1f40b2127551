package dev.sluice.runtime.fake;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.ConfigValidation;
import dev.sluice.api.connector.SinkConnector;
import dev.sluice.api.connector.SinkConnectorContext;
import dev.sluice.api.connector.SinkTask;
import dev.sluice.api.connector.SinkTaskContext;
import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A sink that writes into its world. */
public final class FakeSink implements SinkConnector {
    private static final String KIND = "sink";
    private Map<String, String> settings = Map.of();
    private FakeWorld world = FakeWorld.of(KIND);
    private int taskCount = 1;

    /** Made by the runtime. Its {@code put} writes all records of a batch, or none. */
    public FakeSink() {
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
    public void start(SinkConnectorContext context, Config config) {
        settings = config.originals();
        world = FakeWorld.of(config.get(FakeConnectors.WORLD));
        taskCount = config.get(FakeConnectors.TASKS);
        world.enter("start", context.connectorName());
    }

    @Override
    public List<Map<String, String>> taskConfigs(int tasksMax) {
        world.enter("taskConfigs", "");
        return FakeConnectors.tasks(settings, taskCount, tasksMax);
    }

    @Override
    public SinkTask createTask() {
        FakeWorld.of(KIND).enter("createTask", KIND);
        return new Task();
    }

    @Override
    public void stop() {
        world.enter("stop", "");
    }

    private static final class Task implements SinkTask {
        private FakeWorld world = FakeWorld.of(KIND);
        private @Nullable SinkTaskContext context;
        private @Nullable SinkRecord first;
        private int index;

        @Override
        public void start(SinkTaskContext given, Config config) {
            context = given;
            index = given.taskIndex();
            world = FakeWorld.of(config.get(FakeConnectors.WORLD));
            world.enter("taskStart", Integer.toString(index));
            world.at("pause", none -> given.pause(given.assignment()));
            world.at("resume", none -> given.resume(given.assignment()));
            world.at("reportFirst", why -> reportFirst());
            world.at("seekToStart", none -> given.assignment().forEach(place -> given.seek(Map.of(place, 0L))));
        }

        @Override
        public void open(Collection<TopicPartition> partitions) {
            world.enter("open", "");
            world.calls().add("open " + index + " " + names(partitions));
        }

        @Override
        public void put(List<SinkRecord> records) {
            world.enter("batch", Integer.toString(records.size()));
            world.enter("put", records.get(0).origin().toString());
            first = first == null ? records.get(0) : first;
            List<String> written = new ArrayList<>();
            for (SinkRecord record : records) {
                String value = String.valueOf(record.value().value());
                if (value.startsWith("bad")) {
                    report(record);
                } else if (value.startsWith("changed")) {
                    report(record.withValue(SchemaAndValue.string("corrected")));
                } else {
                    world.enter("write", value);
                    written.add(record.origin() + " " + value);
                }
            }
            world.output().addAll(written);
        }

        /** Reports the first record that ever came, from a thread of the task's own, and waits for that thread only. */
        private void reportFirst() {
            SinkRecord late = first;
            if (late != null) {
                Thread thread = new Thread(() -> report(late), "fake-sink-writer");
                thread.start();
                try {
                    thread.join();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private void report(SinkRecord record) {
            DataException failure = new DataException("Cannot write the record: it is bad. Correct it.");
            Optional.ofNullable(context)
                    .flatMap(SinkTaskContext::errantRecords)
                    .orElseThrow(() -> failure)
                    .report(record, failure);
        }

        @Override
        public Map<TopicPartition, Long> flush(Map<TopicPartition, Long> offsets) {
            world.enter("flush", "");
            world.calls().add("flush " + new TreeMap<>(names(offsets)));
            return offsets;
        }

        private static Map<String, Long> names(Map<TopicPartition, Long> offsets) {
            Map<String, Long> named = new HashMap<>();
            offsets.forEach((place, offset) -> named.put(place.toString(), offset));
            return named;
        }

        private static SortedSet<String> names(Collection<TopicPartition> partitions) {
            TreeSet<String> names = new TreeSet<>();
            partitions.forEach(place -> names.add(place.toString()));
            return names;
        }

        @Override
        public void close(Collection<TopicPartition> partitions) {
            world.enter("close", "");
            world.calls().add("close " + index + " " + names(partitions));
        }

        @Override
        public void stop() {
            world.enter("taskStop", "");
        }
    }
}
