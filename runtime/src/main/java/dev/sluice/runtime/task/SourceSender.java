package dev.sluice.runtime.task;

import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.runtime.store.OffsetStore;
import dev.sluice.runtime.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the batches of one run of a source task into the log, in order, and ends its transactions. Owned by the task's
 * thread; what completes on the log's threads is posted to its mailbox.
 */
final class SourceSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceSender.class);
    private static final Duration FULL_WAIT = Duration.ofMillis(500);
    private static final String THE_LOG = "the log";

    private final TaskId id;
    private final TaskThread thread;
    private final Mailbox mailbox;
    private final TaskCounters counters;
    private final Duration flushTimeout;
    private final Router router;
    private final Boundary boundary;
    private final SourceDelivery delivery;
    private final InFlight inFlight;
    private final ByteBudget.Account memory;
    private SourceCommits commits = new SourceCommits(false);
    /** The records of the transaction that goes on. */
    private long openRecords;

    private SourceSender(
            TaskJob<SourceConnector> job,
            TaskServices services,
            TaskThread thread,
            TaskCounters counters,
            Boundary boundary,
            SourceDelivery delivery) {
        this.id = job.id();
        this.thread = thread;
        this.mailbox = thread.mailbox();
        this.counters = counters;
        this.flushTimeout = services.limits().flushTimeout();
        this.router = new Router(
                services.transport(),
                services.createsTopics(),
                job.settings().topicCreation(),
                new TopicTracking(services.topics(), job.id())::onUsed);
        this.boundary = boundary;
        this.delivery = delivery;
        this.inFlight = new InFlight(
                services.limits().inFlightRecordsMax(),
                services.limits().inFlightBytesMax(),
                this::store,
                this::onSettled);
        this.memory = services.buffers().open();
        counters.follow(inFlight);
    }

    /**
     * Opens the way into the log. With exactly-once delivery this settles what a predecessor left open, so that the stored
     * positions are final afterwards. Blocks.
     */
    static SourceSender open(
            TaskJob<SourceConnector> job, TaskServices services, TaskThread thread, TaskCounters counters)
            throws TaskFailedException {
        try {
            return new SourceSender(job, services, thread, counters, boundary(job, services), delivery(job, services));
        } catch (ConnectorException refused) {
            throw new TaskFailedException(Failure.of(Stage.KAFKA_PRODUCE, THE_LOG, refused));
        }
    }

    private static Boundary boundary(TaskJob<SourceConnector> job, TaskServices services) {
        return job.settings()
                .transactions()
                .map(settings -> switch (settings.boundary()) {
                    case POLL -> Boundary.POLL;
                    case INTERVAL -> new IntervalBoundary(settings.interval(), services.nanoClock());
                    case CONNECTOR -> new TaskBoundary();
                })
                .orElse(Boundary.POLL);
    }

    private static SourceDelivery delivery(TaskJob<SourceConnector> job, TaskServices services) {
        Transport log = services.transport();
        OffsetStore offsets = services.offsets();
        String connector = job.id().connector();
        return job.settings()
                .transactions()
                .<SourceDelivery>map(settings -> new ExactlyOnce(
                        log.transactionalWriter(settings.writerId(job.id().index()), settings.timeout()),
                        offsets,
                        connector))
                .orElseGet(() -> new AtLeastOnce(log, offsets, connector));
    }

    /** Runs where the log completes. */
    private void onSettled() {
        memory.hold(inFlight::bytes);
        mailbox.wake();
    }

    /** Runs where the log completes. A thread that was given up has a successor, whose positions it must not overwrite. */
    private CompletableFuture<Void> store(List<SourcePosition> positions) {
        if (positions.isEmpty()) {
            return CompletableFuture.completedFuture(null); // The transaction goes on.
        }
        return thread.isAbandoned()
                ? CompletableFuture.failedFuture(new InterruptedException("abandoned"))
                : delivery.store(positions);
    }

    /** Keeps records for {@code commitRecord} from now on. */
    void rememberRecords() {
        commits = new SourceCommits(true);
    }

    /** Returns what decides where transactions end. */
    Boundary boundary() {
        return boundary;
    }

    /** Returns whether there is a transaction to end. */
    boolean isOpen() {
        return commits.isOpen();
    }

    /** Does what must be done before a batch may be read; returns false where there is no room for one yet. */
    boolean isReady() throws TaskFailedException, InterruptedException {
        requireHealthyLog();
        if (commits.isOpen() && boundary.isDue()) {
            send(new SourceBatch(0, false), Boundary.End.COMMIT);
            return false;
        }
        if (inFlight.isFull()) {
            counters.waitsFor(Waiting.IN_FLIGHT_FULL);
            mailbox.await(FULL_WAIT);
            return false;
        }
        if (!inFlight.isEmpty() && memory.free() <= 0) { // With nothing in flight, there is the task's own share.
            counters.waitsFor(Waiting.BUFFER_FULL);
            mailbox.await(FULL_WAIT);
            return false;
        }
        return true;
    }

    /** Appends a batch and ends the transaction if that is due. Without anything to append or to end, does nothing. */
    void send(SourceBatch batch, Boundary.End end) throws TaskFailedException, InterruptedException {
        List<SourcePosition> positions = batch.takePositions();
        if (positions.isEmpty() && (end == Boundary.End.KEEP_OPEN || !commits.isOpen())) {
            return;
        }
        awaitEarlierBatch();
        thread.requireNotAbandoned();
        commits.add(positions);
        CompletableFuture<List<Long>> appended;
        try {
            appended = end == Boundary.End.DISCARD ? discard(batch) : append(batch, end == Boundary.End.COMMIT);
        } catch (RuntimeException refused) {
            throw new TaskFailedException(Failure.of(Stage.KAFKA_PRODUCE, THE_LOG, refused));
        }
        countTransaction(batch.keptCount(), end);
        book(batch, appended, end == Boundary.End.KEEP_OPEN ? SourceCommits.NOTHING : end());
    }

    private void countTransaction(int recordCount, Boundary.End end) {
        openRecords += recordCount;
        if (end == Boundary.End.COMMIT && delivery instanceof ExactlyOnce) {
            counters.onTransaction(openRecords);
        }
        openRecords = end == Boundary.End.KEEP_OPEN ? openRecords : 0;
    }

    private CompletableFuture<List<Long>> append(SourceBatch batch, boolean isLast) throws InterruptedException {
        Router.Routed routed = router.route(batch.outgoing());
        CompletableFuture<List<Long>> appended =
                delivery.append(routed.batches(), isLast ? commits.openPositions() : List.of());
        commits.add(batch, () -> SourceBatch.places(routed, appended.join()));
        return appended;
    }

    private CompletableFuture<List<Long>> discard(SourceBatch batch) throws InterruptedException {
        batch.dropAll();
        commits.add(batch, List::of);
        commits.discard();
        return delivery.discard(commits.openPositions());
    }

    private SourceCommits.Ended end() {
        boundary.onEnded();
        return commits.end();
    }

    private void book(SourceBatch batch, CompletableFuture<List<Long>> appended, SourceCommits.Ended ended) {
        int keptCount = batch.keptCount();
        PluginCalls calls = thread.calls();
        long began = calls.nanoTime();
        CompletableFuture<Long> inLog = appended.thenApply(offsets -> {
            batch.completeReports();
            return calls.nanoTime();
        });
        // Dropped records count too: their positions are on the way, and no batch is free.
        inFlight.add(
                Math.max(batch.recordCount(), 1),
                batch.bytes(),
                ended.positions(),
                appended,
                () -> mailbox.post(() -> {
                    counters.onDone(keptCount, batch.bytes());
                    batch.countLatencies(counters);
                    onStored(
                            began,
                            inLog.join(),
                            calls.nanoTime(),
                            !ended.positions().isEmpty());
                    ended.onStored().run();
                }));
        memory.hold(inFlight::bytes);
        counters.onActive(inFlight.records());
    }

    private void onStored(long began, long inLog, long stored, boolean isCommit) {
        counters.stages().of(Stage.KAFKA_PRODUCE).record(inLog - began);
        if (isCommit) {
            counters.stages().of(Stage.OFFSETS).record(stored - inLog);
            counters.commits().onBegin();
            counters.commits().onDone(stored - inLog);
        }
    }

    /**
     * Waits until the batch before is in the log with its positions, so that a kill doubles one batch at most. The next one
     * was polled and converted meanwhile; a stop lets it be read again rather than wait for long.
     */
    private void awaitEarlierBatch() throws TaskFailedException, InterruptedException {
        while (!inFlight.isEmpty() && !thread.isStopping()) {
            mailbox.await(FULL_WAIT);
        }
        if (!inFlight.isEmpty() && !settle()) {
            throw new InterruptedException("stopped while the log was busy");
        }
        requireHealthyLog();
    }

    /** Throws if a batch could not be brought into the log. */
    void requireHealthyLog() throws TaskFailedException {
        Throwable failure = inFlight.failure();
        if (failure != null) {
            throw new TaskFailedException(Failure.of(Stage.KAFKA_PRODUCE, THE_LOG, failure));
        }
    }

    /** Ends the transaction that is open, where it is the runtime that decides, and settles; returns as {@link #settle}. */
    boolean finish() throws TaskFailedException, InterruptedException {
        boolean isInTime = settle();
        if (isInTime && inFlight.failure() == null && commits.isOpen() && boundary.commitsAtStop()) {
            send(new SourceBatch(0, false), Boundary.End.COMMIT);
            isInTime = settle();
        }
        return isInTime;
    }

    /** Waits, bounded, until what is in flight is stored or has failed; returns whether it came to that. */
    boolean settle() throws InterruptedException {
        try {
            inFlight.tail().get(flushTimeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException failed) {
            return true; // The book keeps the failure.
        } catch (TimeoutException slow) {
            LOG.atWarn()
                    .addKeyValue("connector", id.connector())
                    .addKeyValue("task", id.index())
                    .log("stops before all records in flight were stored; they will be read again");
            return false;
        }
    }

    /** Returns the stored positions that the task was not told of yet. */
    List<SourcePosition> takeStored() {
        return commits.takeStored();
    }

    /** Takes them back, where the task asked to be told again. */
    void putBack(List<SourcePosition> positions) {
        commits.putBack(positions);
    }

    /** Tells the task of each stored record; goes on with the rest where a call before failed. */
    void tellOfRecords(SourceTask task) {
        commits.tellOfRecords(task);
    }

    /** Gives up what is not stored. */
    @Override
    public void close() {
        memory.close();
        delivery.close();
    }
}
