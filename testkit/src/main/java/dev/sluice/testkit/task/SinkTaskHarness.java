package dev.sluice.testkit.task;

import dev.sluice.api.connector.SinkConnector;
import dev.sluice.api.connector.SinkTask;
import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.fake.FakeSinkTaskContext;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Drives one sink task: start, open, puts, flushes, close, stop. It keeps account of what was put and what may be
 * committed, and fails at once when a flush claims too much.
 */
public final class SinkTaskHarness implements AutoCloseable {
    private final SinkTask task;
    private final FakeSinkTaskContext context;
    private final TaskThread thread;
    private final Duration patience;
    private boolean stopped;
    /** Per partition the offset after the last record that was put. */
    private final Map<TopicPartition, Long> put = new HashMap<>();
    /** Per partition the offset that may be committed. */
    private final Map<TopicPartition, Long> committable = new HashMap<>();

    private SinkTaskHarness(SinkTask task, FakeSinkTaskContext context, TaskThread thread, Duration patience) {
        this.task = task;
        this.context = context;
        this.thread = thread;
        this.patience = patience;
    }

    /** Starts a task of its first run. */
    public static SinkTaskHarness start(SinkConnector connector, Map<String, String> taskSettings) {
        return start(connector, taskSettings, new FakeSinkTaskContext(), Waiting.PATIENCE);
    }

    /**
     * Starts a task.
     *
     * @param connector creates the task; not started itself
     * @param taskSettings one of the connector's task configs
     * @param context what the task sees of the runtime
     * @param patience how long any call, and any wait for records, may take
     * @throws RuntimeException what the start threw, as it is, after the task was stopped as the runtime does
     */
    public static SinkTaskHarness start(
            SinkConnector connector, Map<String, String> taskSettings, FakeSinkTaskContext context, Duration patience) {
        TaskThread thread = new TaskThread("sink", patience);
        SinkTask task = thread.call("createTask", connector::createTask);
        SinkTaskHarness harness = new SinkTaskHarness(task, context, thread, patience);
        try {
            thread.run(
                    "start",
                    () -> task.start(context, connector.taskConfigSpec().parse(taskSettings)));
            return harness;
        } catch (RuntimeException | Error failed) {
            harness.close();
            throw failed;
        }
    }

    /** Assigns partitions and calls {@code open}. */
    public void open(TopicPartition... partitions) {
        context.assign(List.of(partitions));
        thread.run("open", () -> task.open(List.of(partitions)));
    }

    /** Calls {@code put} once. */
    public void put(List<SinkRecord> records) {
        thread.run("put", () -> task.put(List.copyOf(records)));
        for (SinkRecord record : records) {
            put.put(record.origin().partition(), record.origin().offset() + 1);
        }
    }

    /** Calls {@code put} until it takes the batch: retriable failures are tried again, up to the patience. */
    public void putRetrying(List<SinkRecord> records) {
        Waiting.until("put takes the batch", patience, () -> {
            try {
                put(records);
                return true;
            } catch (RetriableException again) {
                return false;
            }
        });
    }

    /** Calls {@code flush} once with all that was put; returns what it claims, after a check. */
    public Map<TopicPartition, Long> flush() {
        return flush(Map.copyOf(put));
    }

    /**
     * Calls {@code flush} once.
     *
     * @param offsets per partition the offset after the last record that counts
     * @return what the task claims
     * @throws AssertionError if it claims a partition or an offset that was not given
     */
    public Map<TopicPartition, Long> flush(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Long> claimed = thread.call("flush", () -> task.flush(offsets));
        if (Objects.isNull(claimed)) {
            throw new AssertionError("flush returned null; nothing to commit is an empty map.");
        }
        claimed.forEach((partition, offset) -> {
            if (offset > offsets.getOrDefault(partition, -1L)) {
                throw new AssertionError("flush claims " + partition + "@" + offset + ", but was given " + offsets);
            }
        });
        committable.putAll(claimed);
        return claimed;
    }

    /** Calls {@code flush} until all that was put may be committed; retriable failures are tried again. */
    public void flushAll() {
        Waiting.until("flush claims all that was put", patience, () -> {
            try {
                return flushed().entrySet().containsAll(put.entrySet());
            } catch (RetriableException again) {
                return false;
            }
        });
    }

    private Map<TopicPartition, Long> flushed() {
        Map<TopicPartition, Long> all = new HashMap<>(committable);
        all.putAll(flush());
        return all;
    }

    /** Calls {@code close} for partitions and takes them from the assignment; what they had put is forgotten. */
    public void closePartitions(Collection<TopicPartition> partitions) {
        thread.run("close", () -> task.close(List.copyOf(partitions)));
        context.revoke(partitions);
        put.keySet().removeAll(partitions);
    }

    /** Returns per partition the offset that may be committed; the next run continues there. */
    public Map<TopicPartition, Long> committable() {
        return Map.copyOf(committable);
    }

    /** Returns the task, for calls of its own kind; make them by {@link #thread}. */
    public SinkTask task() {
        return task;
    }

    /** Returns the task's context. */
    public FakeSinkTaskContext context() {
        return context;
    }

    /** Returns the task's thread. */
    public TaskThread thread() {
        return thread;
    }

    /** Stops the task without a flush, once. */
    @Override
    public void close() {
        if (stopped) {
            return;
        }
        stopped = true;
        try (thread) {
            thread.run("stop", task::stop);
        }
    }
}
