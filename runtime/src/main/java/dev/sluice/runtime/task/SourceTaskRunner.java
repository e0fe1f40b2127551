package dev.sluice.runtime.task;

import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.connector.SourceTaskContext;
import dev.sluice.api.connector.TransactionBoundaries;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of a source task: poll, transform and convert, append, store positions, commit. Owned by the task's thread;
 * what completes on the log's threads is posted to its mailbox.
 */
public final class SourceTaskRunner implements TaskSteps {
    private static final Logger LOG = LoggerFactory.getLogger(SourceTaskRunner.class);
    private static final Duration FULL_WAIT = Duration.ofMillis(500);
    private static final Duration IDLE_FIRST = Duration.ofMillis(2);
    private static final Duration IDLE_MAX = Duration.ofMillis(100);
    private static final Duration RETRY_FIRST = Duration.ofMillis(300);
    private static final Duration RETRY_MAX = Duration.ofMinutes(1);

    private final TaskJob<SourceConnector> job;
    private final TaskServices services;
    private final TaskThread thread;
    private final TaskCounters counters;
    private final PluginCalls calls;
    private final Mailbox mailbox;
    private final ErrorPolicy errors;
    private final Router router;
    private final InFlight inFlight;
    private final NewestPositions stored = new NewestPositions();
    private final Deque<Done> toCommit = new ArrayDeque<>();
    private final List<SourcePosition> advances = new ArrayList<>();
    private final Backoff idle = new Backoff(IDLE_FIRST, IDLE_MAX);
    private final Backoff retry = new Backoff(RETRY_FIRST, RETRY_MAX);
    private @Nullable TaskPlugins plugins;
    private @Nullable SourcePipeline pipeline;
    private @Nullable SourceTask task;
    private boolean commitsRecords;
    private boolean isWaiting;
    private boolean isSettled;
    private long waitUntil;

    private SourceTaskRunner(
            TaskJob<SourceConnector> job, TaskServices services, TaskThread thread, TaskCounters counters) {
        this.job = job;
        this.services = services;
        this.thread = thread;
        this.counters = counters;
        this.calls = thread.calls();
        this.mailbox = thread.mailbox();
        this.errors = new ErrorPolicy(job.id(), job.settings().errors());
        this.router = new Router(services.transport(), services.createsTopics());
        this.inFlight = new InFlight(
                services.limits().inFlightRecordsMax(),
                services.limits().inFlightBytesMax(),
                this::store,
                mailbox::wake);
    }

    /** A batch in the log with its positions, and where its records stand. */
    private record Done(SourceBatch batch, List<RecordCoordinates> places) {}

    /** Runs where the log completes. A thread that was given up has a successor, whose positions it must not overwrite. */
    private CompletableFuture<Void> store(List<SourcePosition> positions) {
        return thread.isAbandoned()
                ? CompletableFuture.failedFuture(new InterruptedException("abandoned"))
                : services.offsets().put(job.id().connector(), positions);
    }

    /** Starts a source task on a thread of its own. */
    public static RunningTask start(TaskJob<SourceConnector> job, TaskServices services, TaskListener listener) {
        TaskCounters counters = new TaskCounters(services.clock());
        PluginCalls calls = new PluginCalls(job.pluginClass(), services.nanoClock());
        TaskThread thread = TaskThread.start(
                job.id(),
                listener,
                calls,
                services.watchdog(),
                self -> new SourceTaskRunner(job, services, self, counters));
        return new RunningTask(thread, counters);
    }

    @Override
    public void start() throws TaskFailedException, InterruptedException {
        TaskParts<SourceConnector> parts = calls.call(Stage.START, job.parts());
        TaskPlugins made = parts.plugins();
        plugins = made;
        calls.enterFromNowOn(parts.connector().loader());
        StepRetries retries = new StepRetries(
                job.settings().errors(), services.nanoClock(), duration -> calls.outside(() -> thread.pause(duration)));
        pipeline = new SourcePipeline(made.transforms(), made.converters(), retries, services.clock());
        SourceTask created =
                calls.call(Stage.START, () -> parts.connector().plugin().createTask());
        task = created;
        calls.run(Stage.START, () -> created.start(new Context(), parts.config()));
        commitsRecords = calls.call(Stage.START, created::wantsRecordCommits);
    }

    @Override
    public void step() throws TaskFailedException, InterruptedException {
        requireHealthyLog();
        if (!commitStored()) {
            return;
        }
        if (inFlight.isFull()) {
            mailbox.await(FULL_WAIT);
            return;
        }
        if (isWaiting()) {
            return;
        }
        List<SourceRecord> records = poll();
        thread.requireNotAbandoned();
        if (records.isEmpty() && advances.isEmpty()) {
            waitFor(idle.next());
            return;
        }
        idle.reset();
        send(records);
    }

    /** Begins a pause before the next poll; what completes meanwhile is still taken up. */
    private void waitFor(Duration pause) {
        isWaiting = true;
        waitUntil = calls.nanoTime() + pause.toNanos();
    }

    private boolean isWaiting() throws InterruptedException {
        if (isWaiting) {
            long left = waitUntil - calls.nanoTime();
            isWaiting = left > 0;
            if (isWaiting) {
                mailbox.await(Duration.ofNanos(left));
            }
        }
        return isWaiting;
    }

    @Override
    public void finish() throws TaskFailedException, InterruptedException {
        if (settle()) {
            requireHealthyLog();
            mailbox.run();
            boolean isTold = commitStored();
            LOG.atDebug().log("the source knows what is stored: {}", isTold);
        }
    }

    /** Waits, bounded, until what is in flight is stored or has failed; returns whether it came to that. */
    private boolean settle() throws InterruptedException {
        isSettled = true;
        try {
            inFlight.tail().get(services.limits().flushTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException failed) {
            return true; // The book keeps the failure.
        } catch (TimeoutException slow) {
            LOG.atWarn()
                    .addKeyValue("connector", job.id().connector())
                    .addKeyValue("task", job.id().index())
                    .log("stops before all records in flight were stored; they will be read again");
            return false;
        }
    }

    @Override
    public void close() throws TaskFailedException, InterruptedException {
        boolean isInTime = isSettled || thread.isAbandoned() || settle(); // A successor shall find the positions.
        LOG.atDebug().log("all that was in flight is settled: {}", isInTime);
        SourceTask started = task;
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

    private List<SourceRecord> poll() throws TaskFailedException, InterruptedException {
        SourceTask started = require(task);
        try {
            List<SourceRecord> records = calls.call(Stage.TASK_POLL, () -> notNull(started.poll()));
            retry.reset();
            return records;
        } catch (RetriableException retriable) {
            Duration pause = retriable.retryAfter().orElseGet(retry::next);
            warnOfRetry(retriable, pause, "polls again after a pause: {}");
            waitFor(pause);
            return List.of();
        }
    }

    private static List<SourceRecord> notNull(@Nullable List<SourceRecord> records) {
        if (records == null) {
            throw new ConnectorException(
                    "Cannot use what poll returned: it is null, expected was a list, which is empty"
                            + " where there is nothing now. Correct the plugin.");
        }
        return records;
    }

    private void warnOfRetry(RetriableException retriable, Duration pause, String message) {
        LOG.atWarn()
                .addKeyValue("connector", job.id().connector())
                .addKeyValue("task", job.id().index())
                .addKeyValue("durationMs", pause.toMillis())
                .log(message, retriable.getMessage());
    }

    /** Sends what goes through the pipeline. Where a record fails the task, those before it are sent first. */
    private void send(List<SourceRecord> records) throws TaskFailedException, InterruptedException {
        SourceBatch batch = new SourceBatch(records.size(), commitsRecords);
        try {
            calls.run(Stage.PIPELINE, () -> {
                SourcePipeline started = require(pipeline);
                for (SourceRecord record : records) {
                    batch.add(record, judged(started.toLog(record)));
                }
            });
            batch.advance(advances); // They lie behind all records, so they wait for the last.
            advances.clear();
        } finally {
            append(batch);
        }
    }

    private Outcome<OutgoingRecord> judged(Outcome<OutgoingRecord> outcome) throws TaskFailedException {
        if (outcome instanceof Outcome.Failed<OutgoingRecord> failed) {
            errors.onFailed(failed.failure());
            counters.onFailed();
        } else if (outcome instanceof Outcome.Dropped<OutgoingRecord>) {
            counters.onDropped();
        }
        return outcome;
    }

    private void append(SourceBatch batch) throws TaskFailedException, InterruptedException {
        List<SourcePosition> positions = batch.takePositions();
        if (positions.isEmpty()) {
            return;
        }
        awaitEarlierBatch();
        thread.requireNotAbandoned();
        CompletableFuture<List<Long>> appended;
        Router.Routed routed;
        try {
            routed = router.route(batch.kept());
            appended = routed.batches().isEmpty()
                    ? CompletableFuture.completedFuture(List.of())
                    : services.transport().append(routed.batches());
        } catch (RuntimeException refused) {
            throw new TaskFailedException(Failure.of(Stage.KAFKA_PRODUCE, "the log", refused));
        }
        // Dropped records count too: their positions are on the way, and no batch is free.
        inFlight.add(
                Math.max(batch.recordCount(), 1),
                batch.bytes(),
                positions,
                appended,
                () -> mailbox.post(() -> onStored(
                        batch, positions, commitsRecords ? SourceBatch.places(routed, appended.join()) : List.of())));
    }

    /**
     * Waits until the batch before is in the log with its positions, so that a kill doubles one batch at most. The next one
     * was polled and converted meanwhile.
     */
    private void awaitEarlierBatch() throws TaskFailedException, InterruptedException {
        while (!inFlight.isEmpty() && !thread.isStopping()) {
            mailbox.await(FULL_WAIT);
        }
        requireHealthyLog();
    }

    /** Runs on the task's thread once a batch and its positions are in the log. */
    private void onStored(SourceBatch batch, List<SourcePosition> positions, List<RecordCoordinates> places) {
        counters.onDone(batch.kept().size(), batch.bytes());
        stored.addAll(positions);
        if (commitsRecords) {
            toCommit.add(new Done(batch, places));
        }
    }

    /** Tells the source what is stored; returns false where it asked to be told again, after a pause. */
    private boolean commitStored() throws TaskFailedException, InterruptedException {
        List<SourcePosition> positions = stored.take();
        if (positions.isEmpty()) {
            return true;
        }
        SourceTask started = require(task);
        try {
            calls.run(Stage.TASK_COMMIT, () -> {
                for (Done done = toCommit.peek(); done != null; done = toCommit.peek()) {
                    done.batch().commitRecords(started, done.places());
                    toCommit.remove();
                }
                started.commit(positions);
            });
            return true;
        } catch (RetriableException later) {
            stored.addAll(positions);
            Duration pause = later.retryAfter().orElseGet(retry::next);
            warnOfRetry(later, pause, "tells the source of stored positions again after a pause: {}");
            thread.pause(pause);
            return false;
        }
    }

    private void requireHealthyLog() throws TaskFailedException {
        Throwable failure = inFlight.failure();
        if (failure != null) {
            throw new TaskFailedException(Failure.of(Stage.KAFKA_PRODUCE, "the log", failure));
        }
    }

    private static <T> T require(@Nullable T started) {
        if (started == null) {
            throw new IllegalStateException("a step before the start");
        }
        return started;
    }

    private final class Context extends BasicTaskContext implements SourceTaskContext {
        private final StoredOffsets offsets =
                new StoredOffsets(services.offsets(), job.id().connector());

        Context() {
            super(job, counters, Stage.TASK_POLL);
        }

        @Override
        public StoredOffsets offsets() {
            return offsets;
        }

        @Override
        public Optional<TransactionBoundaries> transaction() {
            return Optional.empty();
        }

        @Override
        public void advance(SourcePosition position) {
            advances.add(position);
        }
    }
}
