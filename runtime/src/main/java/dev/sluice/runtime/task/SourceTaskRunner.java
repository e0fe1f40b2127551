package dev.sluice.runtime.task;

import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of a source task: poll, transform and convert, append, store positions, commit. Owned by the task's thread;
 * what completes on the log's threads is posted to its mailbox.
 */
public final class SourceTaskRunner implements TaskSteps {
    private static final Logger LOG = LoggerFactory.getLogger(SourceTaskRunner.class);
    private static final Duration IDLE_FIRST = Duration.ofMillis(2);
    private static final Duration IDLE_MAX = Duration.ofMillis(100);
    /** A poll that lasted so long and found nothing has waited for something to come; the next one may begin at once. */
    private static final Duration PAUSED_ITSELF = IDLE_MAX.multipliedBy(5);

    private static final Duration RETRY_FIRST = Duration.ofMillis(300);
    private static final Duration RETRY_MAX = Duration.ofMinutes(1);

    private final TaskJob<SourceConnector> job;
    private final TaskServices services;
    private final TaskThread thread;
    private final TaskCounters counters;
    private final PluginCalls calls;
    private final Mailbox mailbox;
    private final RecordErrors errors;
    private final SpentBudget spent;
    private final Optional<DeadLetterTopic> deadLetters;
    private final Optional<SourceDeadLetters> letters;
    private final Backoff idle = new Backoff(IDLE_FIRST, IDLE_MAX);
    private final Backoff retry = new Backoff(RETRY_FIRST, RETRY_MAX);
    private @Nullable TaskPlugins plugins;
    private @Nullable SourceFill pipeline;
    private @Nullable SourceTask task;
    private @Nullable SourceSender sender;
    private @Nullable SourceContext context;
    private @Nullable SourceReporter reporter;
    private boolean commitsRecords;
    private boolean isWaiting;
    private boolean isSettled;
    private long waitUntil;
    private long pollNanos;

    private SourceTaskRunner(
            TaskJob<SourceConnector> job, TaskServices services, TaskThread thread, TaskCounters counters) {
        this.job = job;
        this.services = services;
        this.thread = thread;
        this.counters = counters;
        this.calls = thread.calls();
        this.mailbox = thread.mailbox();
        this.errors = new RecordErrors(job.id(), job.settings().errors(), counters, services.nanoClock());
        this.spent = new SpentBudget(thread, errors);
        this.deadLetters = DeadLetterTopic.of(job, services);
        this.letters = deadLetters.map(topic -> new SourceDeadLetters(topic, counters.errors(), services.clock()));
    }

    /** Starts a source task on a thread of its own. */
    public static RunningTask start(TaskJob<SourceConnector> job, TaskServices services, TaskListener listener) {
        TaskCounters counters = new TaskCounters(services.clock(), services.span());
        PluginCalls calls = new PluginCalls(job.pluginClass(), services.nanoClock(), counters.stages());
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
        DeadLetterTopic.open(deadLetters);
        calls.enterFromNowOn(parts.connector().loader());
        StepRetries retries = new StepRetries(
                job.settings().errors(),
                counters,
                services.nanoClock(),
                duration -> calls.outside(() -> thread.pause(duration)));
        pipeline = new SourceFill(
                new SourcePipeline(made.transforms(), made.converters(), retries, services.clock()),
                errors,
                letters,
                counters);
        SourceSender opened = SourceSender.open(job, services, thread, counters);
        sender = opened;
        SourceTask created =
                calls.call(Stage.START, () -> parts.connector().plugin().createTask());
        task = created;
        SourceReporter reports = new SourceReporter(mailbox, errors, letters, calls.plugin());
        reporter = reports;
        SourceContext given = new SourceContext(
                job,
                counters,
                reports,
                new StoredOffsets(services.offsets(), job.id().connector()),
                opened.boundary());
        context = given;
        calls.run(Stage.START, () -> created.start(given, parts.config()));
        commitsRecords = calls.call(Stage.START, created::wantsRecordCommits);
        if (commitsRecords) {
            opened.rememberRecords();
        }
        counters.onMade(TaskFacts.of(job, parts, created));
        counters.life().onRunning();
    }

    @Override
    public void step() throws TaskFailedException, InterruptedException {
        if (spent.isWaiting()) {
            return;
        }
        if (sender == null) { // After a pause because of the budget.
            start();
        }
        SourceSender open = require(sender);
        open.requireHealthyLog();
        if (!commitStored() || !open.isReady() || isWaiting()) {
            return;
        }
        List<SourceRecord> records = poll();
        thread.requireNotAbandoned();
        if (isWaiting) { // It asked to be polled again later.
            return;
        }
        List<Boundary.Piece> pieces =
                calls.call(Stage.TASK_POLL, () -> open.boundary().divide(records));
        Boundary.Piece last = pieces.get(pieces.size() - 1);
        boolean endsTransaction = open.isOpen() && last.end() != Boundary.End.KEEP_OPEN;
        if (records.isEmpty() && !hasMoved() && !endsTransaction) {
            counters.waitsFor(Waiting.POLL_EMPTY);
            Duration pause = idle.next();
            if (pollNanos < PAUSED_ITSELF.toNanos()) {
                waitFor(pause);
            }
            return;
        }
        counters.waitsFor(Waiting.NOTHING);
        idle.reset();
        send(pieces);
        if (spent.isDue()) {
            standStill();
        }
        spent.onBatch();
    }

    /** Whether the task moved on without returning a record. */
    private boolean hasMoved() {
        return require(context).hasAdvanced() || !require(reporter).isEmpty();
    }

    private void send(List<Boundary.Piece> pieces) throws TaskFailedException, InterruptedException {
        boolean goesOn = true;
        for (int i = 0; goesOn && i < pieces.size(); i++) {
            // They lie behind all records, so they wait for the last.
            List<SourcePosition> behind =
                    i == pieces.size() - 1 ? require(context).takeAdvances() : List.of();
            goesOn = send(pieces.get(i), behind);
        }
    }

    /** Stores what is done and lets go of the plugin, which has read further; after the pause it starts from there. */
    private void standStill() throws TaskFailedException, InterruptedException {
        settle();
        close();
        isSettled = false;
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
    public void suspend() {
        spent.onPaused();
        counters.onPaused();
    }

    @Override
    public void resume() {
        counters.onResumed();
    }

    @Override
    public void finish() throws TaskFailedException, InterruptedException {
        if (sender != null) {
            settle();
        }
    }

    private void settle() throws TaskFailedException, InterruptedException {
        isSettled = true;
        SourceSender open = require(sender);
        if (open.finish()) {
            open.requireHealthyLog();
            mailbox.run();
            boolean isTold = commitStored();
            LOG.atDebug().log("the source knows what is stored: {}", isTold);
        }
    }

    @Override
    public void close() throws TaskFailedException, InterruptedException {
        SourceSender opened = sender;
        boolean isInTime = opened == null || isSettled || thread.isAbandoned() || opened.settle();
        LOG.atDebug().log("all that was in flight is settled, so that a successor finds it: {}", isInTime);
        SourceTask started = task;
        TaskPlugins made = plugins;
        counters.onEnded();
        task = null;
        plugins = null;
        pipeline = null;
        sender = null;
        context = null;
        reporter = null;
        try {
            if (started != null) {
                calls.run(Stage.STOP, started::stop);
            }
        } finally {
            close(opened, made);
        }
    }

    private void close(@Nullable SourceSender opened, @Nullable TaskPlugins made)
            throws TaskFailedException, InterruptedException {
        if (opened != null) {
            opened.close();
        }
        if (made != null) {
            calls.run(Stage.STOP, made::close);
        }
    }

    private List<SourceRecord> poll() throws TaskFailedException, InterruptedException {
        SourceTask started = require(task);
        try {
            List<SourceRecord> records = calls.call(Stage.TASK_POLL, () -> notNull(started.poll()));
            retry.reset();
            pollNanos = calls.lastNanos();
            if (!records.isEmpty()) {
                counters.onPolled(records.size(), pollNanos);
            }
            return records;
        } catch (RetriableException retriable) {
            Duration pause = retriable.retryAfter().orElseGet(retry::next);
            onRetry(pause);
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

    private void onRetry(Duration pause) {
        counters.errors().onFailure();
        counters.errors().onRetry();
        counters.waitsForRetry(Math.max(retry.attempt(), 1), counters.nowMillis() + pause.toMillis());
    }

    private void warnOfRetry(RetriableException retriable, Duration pause, String message) {
        LOG.atWarn()
                .addKeyValue("connector", job.id().connector())
                .addKeyValue("task", job.id().index())
                .addKeyValue("durationMs", pause.toMillis())
                .log(message, retriable.getMessage());
    }

    /**
     * Sends what goes through the pipeline. Where a record fails the task, or the budget is spent at it, those before it are
     * sent; returns false where the budget was.
     */
    private boolean send(Boundary.Piece piece, List<SourcePosition> behind)
            throws TaskFailedException, InterruptedException {
        SourceSender open = require(sender);
        SourceBatch batch = new SourceBatch(piece.records().size(), commitsRecords);
        batch.addReported(require(reporter).takeAll());
        Boundary.End end = open.boundary().afterFailure();
        boolean isWhole = false;
        try {
            isWhole = calls.call(Stage.PIPELINE, () -> require(pipeline).fill(batch, piece.records()));
            if (isWhole) {
                batch.advance(behind);
                end = piece.end();
            }
        } finally {
            open.send(batch, end);
        }
        return isWhole;
    }

    /** Tells the source what is stored; returns false where it asked to be told again, after a pause. */
    private boolean commitStored() throws TaskFailedException, InterruptedException {
        SourceSender open = require(sender);
        List<SourcePosition> positions = open.takeStored();
        if (positions.isEmpty()) {
            return true;
        }
        SourceTask started = require(task);
        try {
            calls.run(Stage.TASK_COMMIT, () -> {
                open.tellOfRecords(started);
                started.commit(positions);
            });
            return true;
        } catch (RetriableException later) {
            open.putBack(positions);
            Duration pause = later.retryAfter().orElseGet(retry::next);
            onRetry(pause);
            warnOfRetry(later, pause, "tells the source of stored positions again after a pause: {}");
            thread.pause(pause);
            return false;
        }
    }

    private static <T> T require(@Nullable T started) {
        if (started == null) {
            throw new IllegalStateException("a step before the start");
        }
        return started;
    }
}
