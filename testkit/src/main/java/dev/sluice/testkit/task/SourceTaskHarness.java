package dev.sluice.testkit.task;

import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Drives one source task: start, polls, commits, stop.
 *
 * <pre>{@code
 * try (SourceTaskHarness task = SourceTaskHarness.start(new FileSourceConnector(), settings)) {
 *     List<SourceRecord> records = task.read(3);
 *     task.commit(records);
 * }
 * }</pre>
 */
public final class SourceTaskHarness implements AutoCloseable {
    /** The runtime's pause after a poll that brought nothing. */
    private static final Duration IDLE_PAUSE = Duration.ofMillis(20);

    /** After which a rest has been looked for long enough: many rounds of a source that waits within its polls. */
    private static final Duration REST_WAIT = Duration.ofMillis(400);

    private final SourceTask task;
    private final FakeSourceTaskContext context;
    private final TaskThread thread;
    private final Duration patience;
    private boolean stopped;

    private SourceTaskHarness(SourceTask task, FakeSourceTaskContext context, TaskThread thread, Duration patience) {
        this.task = task;
        this.context = context;
        this.thread = thread;
        this.patience = patience;
    }

    /** Starts a task of its first run, without stored offsets. */
    public static SourceTaskHarness start(SourceConnector connector, Map<String, String> taskSettings) {
        return start(connector, taskSettings, new FakeSourceTaskContext(), Waiting.PATIENCE);
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
    public static SourceTaskHarness start(
            SourceConnector connector,
            Map<String, String> taskSettings,
            FakeSourceTaskContext context,
            Duration patience) {
        TaskThread thread = new TaskThread("source", patience);
        SourceTask task = thread.call("createTask", connector::createTask);
        SourceTaskHarness harness = new SourceTaskHarness(task, context, thread, patience);
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

    /** Calls {@code poll} once; fails if it returned null or a null record. */
    public List<SourceRecord> poll() {
        return thread.call("poll", this::pollChecked);
    }

    /**
     * Polls until at least so many records came, with the runtime's pauses; retriable failures are tried again.
     *
     * @return what came, in order; may be more than asked for
     * @throws AssertionError if they did not come within the patience
     */
    public List<SourceRecord> read(int countMin) {
        List<SourceRecord> all = new ArrayList<>();
        long deadline = System.nanoTime() + patience.toNanos();
        while (all.size() < countMin) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(
                        "Read " + all.size() + " of " + countMin + " records within " + patience + ": " + all);
            }
            all.addAll(pollAndRest());
        }
        return all;
    }

    /**
     * Polls with the runtime's pauses and returns what came, which should be nothing at the end of input: three times, but
     * once is enough where a poll itself waits for most of a second.
     */
    public List<SourceRecord> readRest() {
        List<SourceRecord> rest = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < 3 && System.nanoTime() - begin < REST_WAIT.toNanos(); i++) {
            rest.addAll(pollAndRest());
        }
        return rest;
    }

    /** Stores the positions of records, in their order, and tells the task, as the runtime does once they are in the log. */
    public void commit(List<SourceRecord> records) {
        Map<Map<String, ? extends @Nullable Object>, SourcePosition> newest = new LinkedHashMap<>();
        records.forEach(record -> newest.put(record.position().partition(), record.position()));
        newest.values().forEach(context.offsets()::store);
        thread.run("commit", () -> {
            if (task.wantsRecordCommits()) {
                records.forEach(record -> task.commitRecord(record, null));
            }
            task.commit(List.copyOf(newest.values()));
        });
    }

    /** Returns the task, for calls of its own kind; make them by {@link #thread}. */
    public SourceTask task() {
        return task;
    }

    /** Returns the task's context. */
    public FakeSourceTaskContext context() {
        return context;
    }

    /** Returns the task's thread. */
    public TaskThread thread() {
        return thread;
    }

    /** Stops the task, once. */
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

    private List<SourceRecord> pollAndRest() {
        return thread.call("poll", () -> {
            List<SourceRecord> records = pollRetrying();
            if (records.isEmpty()) {
                Waiting.pause(IDLE_PAUSE);
            }
            return records;
        });
    }

    private List<SourceRecord> pollRetrying() throws InterruptedException {
        try {
            return pollChecked();
        } catch (RetriableException again) {
            return List.of();
        }
    }

    private List<SourceRecord> pollChecked() throws InterruptedException {
        List<SourceRecord> records = task.poll();
        if (Objects.isNull(records) || records.stream().anyMatch(Objects::isNull)) {
            throw new AssertionError("poll returned null or a null record; nothing is an empty list.");
        }
        return records;
    }
}
