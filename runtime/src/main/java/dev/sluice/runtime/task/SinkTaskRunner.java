package dev.sluice.runtime.task;

import dev.sluice.api.connector.SinkConnector;
import dev.sluice.api.connector.SinkTask;
import dev.sluice.api.connector.SinkTaskContext;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.transport.LogRecord;
import dev.sluice.runtime.transport.ReadBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of a sink task: read, convert and transform, put, flush, commit. Owned by the task's thread.
 *
 * <p>Offsets are committed when the task has caught up with the log, and at least each commit interval while it has not.
 */
public final class SinkTaskRunner implements TaskSteps {
    private static final Logger LOG = LoggerFactory.getLogger(SinkTaskRunner.class);
    private static final Duration TOPICS_CHECK = Duration.ofSeconds(1);
    /** With nothing to read yet, the first records of a new topic shall not wait long. */
    private static final Duration FIRST_TOPIC_CHECK = Duration.ofMillis(100);

    /** Caught up, a slow trickle of records is flushed together rather than each by itself. */
    private static final Duration COMMIT_PAUSE_MIN = Duration.ofMillis(200);

    private static final Duration RETRY_FIRST = Duration.ofMillis(100);
    private static final Duration RETRY_MAX = Duration.ofSeconds(30);

    private final TaskJob<SinkConnector> job;
    private final TaskServices services;
    private final TaskThread thread;
    private final TaskCounters counters;
    private final PluginCalls calls;
    private final Mailbox mailbox;
    private final ErrorPolicy errors;
    private final SinkPartitions partitions;
    private final Context context;
    private long lastTopicsCheck;
    private long lastCommit;
    private boolean commitRequested;
    private int failedFlushes;
    private long firstFailedFlush;
    private Optional<Duration> retryAfter = Optional.empty();
    private @Nullable TaskPlugins plugins;
    private @Nullable SinkPipeline pipeline;
    private @Nullable SinkTask task;

    private SinkTaskRunner(
            TaskJob<SinkConnector> job, TaskServices services, TaskThread thread, TaskCounters counters) {
        this.job = job;
        this.services = services;
        this.thread = thread;
        this.counters = counters;
        this.calls = thread.calls();
        this.mailbox = thread.mailbox();
        this.errors = new ErrorPolicy(job.id(), job.settings().errors());
        this.partitions = new SinkPartitions(
                services, group(job.id().connector()), job.settings().isolation(), mailbox::wake);
        this.context = new Context();
        counters.follow(partitions);
    }

    /** Starts a sink task on a thread of its own. */
    public static RunningTask start(TaskJob<SinkConnector> job, TaskServices services, TaskListener listener) {
        TaskCounters counters = new TaskCounters(services.clock(), services.span());
        PluginCalls calls = new PluginCalls(job.pluginClass(), services.nanoClock(), counters.stages());
        TaskThread thread = TaskThread.start(
                job.id(),
                listener,
                calls,
                services.watchdog(),
                self -> new SinkTaskRunner(job, services, self, counters));
        return new RunningTask(thread, counters);
    }

    /** Returns the name of a sink's consumer group, as Kafka Connect names it. */
    public static String group(String connector) {
        return "connect-" + connector;
    }

    @Override
    public void start() throws TaskFailedException, InterruptedException {
        TaskParts<SinkConnector> parts = calls.call(Stage.START, job.parts());
        TaskPlugins made = parts.plugins();
        plugins = made;
        calls.enterFromNowOn(parts.connector().loader());
        SinkTask created =
                calls.call(Stage.START, () -> parts.connector().plugin().createTask());
        task = created;
        calls.run(Stage.START, () -> created.start(context, parts.config()));
        Set<String> accepted = calls.call(Stage.START, created::undecodedMediaTypes);
        StepRetries retries = new StepRetries(
                job.settings().errors(),
                services.nanoClock(),
                duration -> calls.outside(() -> thread.pause(duration)),
                counters.stages());
        pipeline = new SinkPipeline(made.transforms(), made.converters(), retries, accepted);
        lastCommit = calls.nanoTime();
        assign();
        counters.onMade(TaskFacts.of(job, parts, created));
        counters.life().onRunning();
    }

    @Override
    public void step() throws TaskFailedException, InterruptedException {
        if (isDue(lastTopicsCheck, topicsCheck())) {
            assign();
            thread.requireNotAbandoned();
        }
        SinkBatch batch = read();
        thread.requireNotAbandoned();
        if (batch.nextOffsets().isEmpty()) {
            waitForMore();
            return;
        }
        counters.waitsFor(Waiting.NOTHING);
        put(batch);
        if (commitRequested || isDue(lastCommit, services.limits().commitInterval())) {
            commit();
        }
    }

    @Override
    public void suspend() throws TaskFailedException, InterruptedException {
        commit();
    }

    @Override
    public void finish() throws TaskFailedException, InterruptedException {
        commit();
        release(partitions.assignment());
    }

    @Override
    public void close() throws TaskFailedException, InterruptedException {
        partitions.close();
        SinkTask started = task;
        TaskPlugins made = plugins;
        task = null;
        plugins = null;
        pipeline = null;
        try {
            if (started != null) {
                calls.run(Stage.STOP, started::stop);
            }
        } finally {
            if (made != null) {
                calls.run(Stage.STOP, made::close);
            }
        }
    }

    /** Takes up partitions that came and lets go of those that went, such as those of a deleted topic. */
    private void assign() throws TaskFailedException, InterruptedException {
        lastTopicsCheck = calls.nanoTime();
        Set<TopicPartition> wanted = SinkAssignment.partitions(
                services.transport(), job.settings(), job.id().index(), job.taskCount());
        Set<TopicPartition> gone = partitions.missingFrom(wanted);
        gone.addAll(partitions.deleted());
        if (!gone.isEmpty()) {
            commit();
            release(gone);
            if (!partitions.forget(gone)) {
                warnOfSlowCommit();
            }
        }
        Set<TopicPartition> opened = partitions.open(partitions.newIn(wanted));
        if (!opened.isEmpty()) {
            calls.run(Stage.TASK_ASSIGN, () -> require(task).open(opened));
        }
        counters.onPartitions(partitions.assignment().size());
    }

    private Duration topicsCheck() {
        return partitions.isEmpty() ? FIRST_TOPIC_CHECK : TOPICS_CHECK;
    }

    private void release(Set<TopicPartition> released) throws TaskFailedException, InterruptedException {
        if (!released.isEmpty()) {
            calls.run(Stage.TASK_ASSIGN, () -> require(task).close(released));
            partitions.close(released);
        }
    }

    private SinkBatch read() throws TaskFailedException, InterruptedException {
        TaskLimits limits = services.limits();
        List<SinkRecord> records = new ArrayList<>();
        Map<TopicPartition, Long> next = new HashMap<>();
        int left = limits.batchRecordsMax();
        long bytesLeft = limits.batchBytesMax();
        long keptBytes = 0;
        for (PartitionCursor cursor : partitions.inTurn()) {
            if (left <= 0 || bytesLeft <= 0) {
                break;
            }
            if (cursor.hasMore()) {
                ReadBatch read = read(cursor, left, (int) bytesLeft);
                counters.onRead(read.records().size(), read.sizeBytes());
                keptBytes += calls.call(Stage.PIPELINE, () -> convert(cursor.partition(), read.records(), records));
                next.put(cursor.partition(), read.nextOffset());
                left -= read.records().size();
                bytesLeft -= read.sizeBytes();
            }
        }
        return new SinkBatch(records, next, keptBytes);
    }

    private static ReadBatch read(PartitionCursor cursor, int recordsMax, int bytesMax)
            throws TaskFailedException, InterruptedException {
        try {
            return cursor.reader().read(cursor.nextOffset(), recordsMax, bytesMax);
        } catch (ConnectorException unreadable) {
            throw new TaskFailedException(Failure.of(Stage.KAFKA_CONSUME, "the log", unreadable));
        }
    }

    /** Adds what passes the pipeline; returns the bytes of it. */
    private long convert(TopicPartition partition, List<LogRecord> from, List<SinkRecord> to)
            throws TaskFailedException, InterruptedException {
        long bytes = 0;
        for (LogRecord record : from) {
            Outcome<SinkRecord> outcome = require(pipeline).fromLog(partition, record);
            if (outcome instanceof Outcome.Kept<SinkRecord> kept) {
                to.add(kept.record());
                bytes += size(record.key()) + size(record.value());
            } else if (outcome instanceof Outcome.Failed<SinkRecord> failed) {
                counters.errors().onFailure();
                errors.onFailed(failed.failure());
                counters.onFailed();
            } else {
                counters.onDropped();
            }
        }
        return bytes;
    }

    private static long size(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private void put(SinkBatch batch) throws TaskFailedException, InterruptedException {
        partitions.beginCall();
        counters.onHeld(batch.records().size(), batch.bytes());
        if (!batch.records().isEmpty()) {
            putUntilTaken(List.copyOf(batch.records()));
            thread.requireNotAbandoned();
        }
        partitions.onHandedOver(batch.nextOffsets());
        counters.onDone(batch.records().size(), batch.bytes());
        countLatencies(batch.records());
        counters.onHeld(0, 0);
    }

    private void countLatencies(List<SinkRecord> records) {
        long now = counters.nowMillis();
        for (SinkRecord record : records) {
            Long timestamp = record.timestampMillis();
            if (timestamp != null) {
                counters.onLatency(timestamp, now);
            }
        }
    }

    /** Puts the same batch again after retriable failures, so order holds (invariant 5), for a bounded time (6). */
    private void putUntilTaken(List<SinkRecord> records) throws TaskFailedException, InterruptedException {
        Backoff backoff = new Backoff(RETRY_FIRST, RETRY_MAX);
        long started = calls.nanoTime();
        for (int attempt = 1; ; attempt++) {
            try {
                calls.run(Stage.TASK_PUT, () -> require(task).put(records));
                counters.onPut(calls.lastNanos());
                retryAfter = Optional.empty();
                return;
            } catch (RetriableException retriable) {
                counters.errors().onFailure();
                if (isDue(started, services.limits().putRetryTimeout())) {
                    String coordinates = records.get(0).origin().toString();
                    throw new TaskFailedException(
                            new Failure(Stage.TASK_PUT, calls.plugin(), retriable, coordinates, attempt));
                }
                waitBeforeRetry(retriable, backoff, attempt);
            }
        }
    }

    private void waitBeforeRetry(RetriableException retriable, Backoff backoff, int attempt)
            throws InterruptedException {
        Duration pause = retryAfter.or(retriable::retryAfter).orElseGet(backoff::next);
        retryAfter = Optional.empty();
        counters.errors().onRetry();
        counters.waitsForRetry(attempt, counters.nowMillis() + pause.toMillis());
        LOG.atWarn()
                .addKeyValue("connector", job.id().connector())
                .addKeyValue("task", job.id().index())
                .addKeyValue("durationMs", pause.toMillis())
                .log("puts a batch again after a pause: {}", retriable.getMessage());
        thread.pause(pause);
        counters.waitsFor(Waiting.NOTHING);
    }

    /** Caught up: commits what was put, and waits for the log or the next look at the topics. */
    private void waitForMore() throws TaskFailedException, InterruptedException {
        boolean pending = partitions.hasUncommitted();
        if (pending && (commitRequested || isDue(lastCommit, COMMIT_PAUSE_MIN))) {
            commit();
            return;
        }
        counters.waitsFor(Waiting.LOG_EMPTY);
        mailbox.await(pending ? COMMIT_PAUSE_MIN : topicsCheck());
    }

    /** Flushes and commits (invariant 2). What cannot be done now is tried again at the next commit, for a bounded time. */
    private void commit() throws TaskFailedException, InterruptedException {
        lastCommit = calls.nanoTime();
        Map<TopicPartition, Long> done = partitions.uncommitted();
        if (done.isEmpty()) {
            commitRequested = false;
            return;
        }
        partitions.beginCall();
        counters.commits().onBegin();
        Map<TopicPartition, Long> safe;
        try {
            safe = calls.call(Stage.TASK_FLUSH, () -> notNull(require(task).flush(done)));
        } catch (RetriableException later) {
            counters.commits().onFailed();
            onFlushRefused(later);
            return;
        } finally {
            commitRequested = false; // Of no use from inside flush: what it leaves open is flushed again anyway.
        }
        failedFlushes = 0;
        thread.requireNotAbandoned();
        if (partitions.commit(safe, done)) { // Invariant 2: only what flush returned.
            counters.commits().onDone(calls.nanoTime() - lastCommit);
        } else {
            counters.commits().onSkipped();
            warnOfSlowCommit();
        }
    }

    private void onFlushRefused(RetriableException later) throws TaskFailedException {
        if (failedFlushes++ == 0) {
            firstFailedFlush = calls.nanoTime();
        }
        if (isDue(firstFailedFlush, services.limits().putRetryTimeout())) {
            throw new TaskFailedException(new Failure(Stage.TASK_FLUSH, calls.plugin(), later, null, failedFlushes));
        }
        LOG.atWarn()
                .addKeyValue("connector", job.id().connector())
                .addKeyValue("task", job.id().index())
                .log("flushes again later: {}", later.getMessage());
    }

    private void warnOfSlowCommit() {
        LOG.atWarn()
                .addKeyValue("connector", job.id().connector())
                .addKeyValue("task", job.id().index())
                .log("an offset commit was not answered in time and is made again with the next one");
    }

    private static Map<TopicPartition, Long> notNull(@Nullable Map<TopicPartition, Long> safe) {
        if (safe == null) {
            throw new ConnectorException(
                    "Cannot use what flush returned: it is null, expected were the offsets that may be"
                            + " committed. Correct the plugin.");
        }
        return safe;
    }

    private boolean isDue(long sinceNanos, Duration interval) {
        return calls.nanoTime() - sinceNanos >= interval.toNanos();
    }

    private static <T> T require(@Nullable T started) {
        if (started == null) {
            throw new IllegalStateException("a step before the start");
        }
        return started;
    }

    private final class Context extends BasicTaskContext implements SinkTaskContext {
        Context() {
            super(job, counters, Stage.TASK_PUT);
        }

        @Override
        public Set<TopicPartition> assignment() {
            return partitions.assignment();
        }

        @Override
        public void seek(Map<TopicPartition, Long> offsets) {
            partitions.seek(offsets);
        }

        @Override
        public void pause(Collection<TopicPartition> paused) {
            partitions.setPaused(paused, true);
        }

        @Override
        public void resume(Collection<TopicPartition> resumed) {
            partitions.setPaused(resumed, false);
        }

        @Override
        public void retryAfter(Duration pause) {
            retryAfter = Optional.of(pause);
        }

        @Override
        public void requestCommit() {
            commitRequested = true;
        }
    }
}
