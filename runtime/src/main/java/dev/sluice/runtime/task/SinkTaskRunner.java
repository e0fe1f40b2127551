package dev.sluice.runtime.task;

import dev.sluice.api.connector.SinkConnector;
import dev.sluice.api.connector.SinkTask;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a sink task: read, convert and transform, put, flush, commit. Owned by the task's thread.
 *
 * <p>Offsets are committed when the task has caught up with the log, and at least each commit interval while it has not.
 * Where the failure budget is spent, the task stands still before the record in question until it is paused and resumed.
 */
public final class SinkTaskRunner implements TaskSteps {
    /** A step of an idle task, so that it is seen to live; what comes meanwhile wakes it. */
    private static final Duration IDLE_STEP = Duration.ofSeconds(4);

    /** Caught up, a slow trickle of records is flushed together rather than each by itself. */
    private static final Duration COMMIT_PAUSE_MIN = Duration.ofMillis(200);

    private final TaskJob<SinkConnector> job;
    private final TaskServices services;
    private final TaskThread thread;
    private final TaskCounters counters;
    private final PluginCalls calls;
    private final Mailbox mailbox;
    private final RecordErrors errors;
    private final SpentBudget spent;
    private final Optional<DeadLetterTopic> deadLetters;
    private final Optional<SinkDeadLetters> letters;
    private final SinkPartitions partitions;
    private final ByteBudget.Account memory;
    private final TopicWatch topics;
    private @Nullable TaskPlugins plugins;
    private @Nullable SinkTask task;
    private @Nullable Started started;

    private SinkTaskRunner(
            TaskJob<SinkConnector> job, TaskServices services, TaskThread thread, TaskCounters counters) {
        this.job = job;
        this.services = services;
        this.thread = thread;
        this.counters = counters;
        this.calls = thread.calls();
        this.mailbox = thread.mailbox();
        this.errors = new RecordErrors(job.id(), job.settings().errors(), counters, services.nanoClock());
        this.spent = new SpentBudget(thread, errors);
        this.deadLetters = DeadLetterTopic.of(job, services);
        this.letters = deadLetters.map(topic -> new SinkDeadLetters(topic, counters.errors(), services.clock()));
        this.memory = services.buffers().open();
        this.partitions = new SinkPartitions(
                services, job.settings(), new TopicTracking(services.topics(), job.id()), mailbox::wake);
        this.topics = new TopicWatch(services.transport(), job.settings(), mailbox::wake);
        counters.follow(partitions);
    }

    /** The parts of a task that is started. */
    private record Started(SinkReader reader, SinkPut put, SinkCommit commit, SinkReporter reporter) {}

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

    @Override
    public void start() throws TaskFailedException, InterruptedException {
        TaskParts<SinkConnector> parts = calls.call(Stage.START, job.parts());
        TaskPlugins made = parts.plugins();
        plugins = made;
        DeadLetterTopic.open(deadLetters);
        calls.enterFromNowOn(parts.connector().loader());
        SinkTask created =
                calls.call(Stage.START, () -> parts.connector().plugin().createTask());
        task = created;
        SinkReporter reporter = new SinkReporter(mailbox, errors, partitions, letters, calls.plugin());
        SinkContext context = new SinkContext(job, counters, reporter, partitions);
        calls.run(Stage.START, () -> created.start(context, parts.config()));
        Set<String> accepted = calls.call(Stage.START, created::undecodedMediaTypes);
        started = assembled(made, created, context, reporter, accepted);
        assign();
        counters.onMade(TaskFacts.of(job, parts, created));
        counters.life().onRunning();
    }

    private Started assembled(
            TaskPlugins made, SinkTask created, SinkContext context, SinkReporter reporter, Set<String> accepted) {
        StepRetries retries = new StepRetries(
                job.settings().errors(),
                counters,
                services.nanoClock(),
                duration -> calls.outside(() -> thread.pause(duration)));
        SinkPipeline pipeline = new SinkPipeline(made.transforms(), made.converters(), retries, accepted);
        reporter.writeBy(pipeline);
        TaskLimits limits = services.limits()
                .withBatch(job.settings().sinkBatchRecordsMax(), job.settings().sinkBatchBytesMax());
        return new Started(
                new SinkReader(limits, calls, counters, partitions, pipeline, errors, memory, letters.isPresent()),
                new SinkPut(thread, counters, errors, job.settings(), context, created),
                new SinkCommit(
                        thread,
                        counters,
                        partitions,
                        () -> areReportsSafe(reporter),
                        job.settings().putRetryTimeout(),
                        context,
                        created),
                reporter);
    }

    /** Returns whether all dead letters are in the log; waits for it, but not for ever. */
    private boolean areReportsSafe(SinkReporter reporter) throws TaskFailedException, InterruptedException {
        Duration limit = services.limits().flushTimeout();
        return reporter.awaitPosted(thread, limit)
                && (letters.isEmpty() || letters.get().awaitAcknowledged(limit));
    }

    @Override
    public void step() throws TaskFailedException, InterruptedException {
        if (spent.isWaiting()) {
            return;
        }
        Started parts = require(started);
        if (topics.takeChange()) {
            assign();
            thread.requireNotAbandoned();
        }
        SinkBatch batch = parts.reader().read();
        thread.requireNotAbandoned();
        if (batch.nextOffsets().isEmpty()) {
            waitForMore(parts);
            return;
        }
        counters.waitsFor(Waiting.NOTHING);
        BatchEnd end = deliver(parts, batch);
        if (end != null) {
            end(parts, end);
        } else if (spent.isDue() || parts.commit().isDue(services.limits().commitInterval())) {
            parts.commit().commit();
        }
        spent.onBatch();
    }

    /** Puts a batch and sends its dead letters; returns why it ended early, or null. */
    private @Nullable BatchEnd deliver(Started parts, SinkBatch batch)
            throws TaskFailedException, InterruptedException {
        partitions.beginCall();
        counters.onHeld(batch.records().size(), batch.bytes());
        parts.reporter().begin(batch);
        SinkBatch done = parts.put().put(batch);
        parts.reporter().begin(SinkBatch.EMPTY);
        thread.requireNotAbandoned();
        if (!done.letters().isEmpty() && letters.isPresent()) {
            var unused = letters.get().send(done.letters());
        }
        awaitReports(parts.reporter());
        partitions.onHandedOver(done.nextOffsets());
        counters.onDone(done.records().size(), done.bytes());
        countLatencies(done.records());
        counters.onHeld(0, 0);
        parts.reader().release();
        return done.end();
    }

    /** Dead letters are bounded by their batch: the next one waits until they are in the log. */
    private void awaitReports(SinkReporter reporter) throws TaskFailedException, InterruptedException {
        while (!areReportsSafe(reporter)) {
            if (thread.isStopping()) {
                throw new InterruptedException("stopped before its dead letters were in the log");
            }
        }
    }

    /** Lands what stands before the record at which a batch ended, then acts upon the reason. */
    private void end(Started parts, BatchEnd end) throws TaskFailedException, InterruptedException {
        TaskFailedException failure =
                end instanceof BatchEnd.Failed failed ? new TaskFailedException(failed.failure()) : null;
        try {
            if (end.allowsFlush()) {
                parts.commit().commit();
            }
        } catch (TaskFailedException second) {
            if (failure == null) {
                throw second;
            }
            failure.addSuppressed(second);
        }
        if (failure != null) {
            throw failure;
        }
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

    /** Caught up: commits what was put, and waits for the log. */
    private void waitForMore(Started parts) throws TaskFailedException, InterruptedException {
        boolean pending = partitions.hasUncommitted();
        if (pending && parts.commit().isDue(COMMIT_PAUSE_MIN)) {
            parts.commit().commit();
            return;
        }
        counters.waitsFor(Waiting.LOG_EMPTY);
        mailbox.await(pending ? COMMIT_PAUSE_MIN : IDLE_STEP);
    }

    @Override
    public void suspend() throws TaskFailedException, InterruptedException {
        spent.onPaused();
        require(started).commit().commit();
        counters.onPaused();
    }

    @Override
    public void resume() {
        counters.onResumed();
    }

    @Override
    public void finish() throws TaskFailedException, InterruptedException {
        require(started).commit().commit();
        release(partitions.assignment());
    }

    @Override
    public void close() throws TaskFailedException, InterruptedException {
        counters.onEnded();
        partitions.close();
        topics.close();
        memory.close();
        SinkTask stopped = task;
        TaskPlugins made = plugins;
        task = null;
        plugins = null;
        started = null;
        try {
            if (stopped != null) {
                calls.run(Stage.STOP, stopped::stop);
            }
        } finally {
            if (made != null) {
                calls.run(Stage.STOP, made::close);
            }
        }
    }

    /** Takes up partitions that came and lets go of those that went, such as those of a deleted topic. */
    private void assign() throws TaskFailedException, InterruptedException {
        Set<TopicPartition> wanted = SinkAssignment.partitions(
                services.transport(), job.settings(), job.id().index(), job.taskCount());
        Set<TopicPartition> gone = partitions.missingFrom(wanted);
        gone.addAll(partitions.deleted());
        if (!gone.isEmpty()) {
            require(started).commit().commit();
            release(gone);
            if (!partitions.forget(gone)) {
                require(started).commit().warnOfSlowCommit();
            }
        }
        Set<TopicPartition> opened = partitions.open(partitions.newIn(wanted));
        if (!opened.isEmpty()) {
            calls.run(Stage.TASK_ASSIGN, () -> require(task).open(opened));
        }
        counters.onPartitions(partitions.assignment().size());
    }

    private void release(Set<TopicPartition> released) throws TaskFailedException, InterruptedException {
        if (!released.isEmpty()) {
            calls.run(Stage.TASK_ASSIGN, () -> require(task).close(released));
            partitions.close(released);
        }
    }

    private static <T> T require(@Nullable T started) {
        if (started == null) {
            throw new IllegalStateException("a step before the start");
        }
        return started;
    }
}
