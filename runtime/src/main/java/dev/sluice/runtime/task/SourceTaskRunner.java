package dev.sluice.runtime.task;

import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.connector.SourceTaskContext;
import dev.sluice.api.connector.TransactionBoundaries;
import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.api.record.TopicPartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final List<Sending> toCommit = new ArrayList<>();
    private final List<SourcePosition> advances = new ArrayList<>();
    private final Backoff idle = new Backoff(IDLE_FIRST, IDLE_MAX);
    private final Backoff retry = new Backoff(RETRY_FIRST, RETRY_MAX);
    private @Nullable TaskPlugins plugins;
    private @Nullable SourcePipeline pipeline;
    private @Nullable SourceTask task;
    private boolean commitsRecords;

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
                positions -> services.offsets().put(job.id().connector(), positions),
                mailbox::wake);
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
        StepRetries retries = new StepRetries(job.settings().errors(), services.nanoClock(), mailbox::await);
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
        commitStored();
        if (inFlight.isFull()) {
            mailbox.await(FULL_WAIT);
            return;
        }
        List<SourceRecord> records = poll();
        thread.requireNotAbandoned();
        if (records.isEmpty() && advances.isEmpty()) {
            mailbox.await(idle.next());
            return;
        }
        idle.reset();
        send(records);
    }

    @Override
    public void finish() throws TaskFailedException, InterruptedException {
        try {
            inFlight.tail().get(services.limits().flushTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            LOG.atWarn()
                    .addKeyValue("connector", job.id().connector())
                    .addKeyValue("task", job.id().index())
                    .log("stops before all records in flight were stored; they will be read again");
            return;
        } catch (ExecutionException failed) {
            requireHealthyLog();
        }
        mailbox.run();
        commitStored();
    }

    @Override
    public void close() throws TaskFailedException, InterruptedException {
        SourceTask started = task;
        if (started != null) {
            calls.run(Stage.STOP, started::stop);
        }
        TaskPlugins made = plugins;
        if (made != null) {
            calls.run(Stage.STOP, made::close);
        }
    }

    private List<SourceRecord> poll() throws TaskFailedException, InterruptedException {
        SourceTask started = require(task);
        try {
            List<SourceRecord> records = calls.call(Stage.TASK_POLL, started::poll);
            retry.reset();
            return records;
        } catch (RetriableException retriable) {
            Duration pause = retriable.retryAfter().orElseGet(retry::next);
            LOG.atWarn()
                    .addKeyValue("connector", job.id().connector())
                    .addKeyValue("task", job.id().index())
                    .addKeyValue("durationMs", pause.toMillis())
                    .log("polls again after a pause: {}", retriable.getMessage());
            mailbox.await(pause);
            return List.of();
        }
    }

    /** Sends what goes through the pipeline. Where a record fails the task, those before it are sent first. */
    private void send(List<SourceRecord> records) throws TaskFailedException, InterruptedException {
        Sending sending = new Sending(records.size());
        try {
            calls.run(Stage.PIPELINE, () -> {
                for (SourceRecord record : records) {
                    sending.add(record, require(pipeline).toLog(record));
                }
            });
        } finally {
            advances.forEach(sending.positions::add);
            advances.clear();
            append(sending);
        }
    }

    private void append(Sending sending) throws TaskFailedException {
        List<SourcePosition> positions = sending.positions.take();
        if (positions.isEmpty()) {
            return;
        }
        CompletableFuture<List<Long>> appended;
        Router.Routed routed;
        try {
            routed = router.route(sending.kept);
            appended = routed.batches().isEmpty()
                    ? CompletableFuture.completedFuture(List.of())
                    : services.transport().append(routed.batches());
        } catch (RuntimeException refused) {
            throw new TaskFailedException(Failure.of(Stage.KAFKA_PRODUCE, "the log", refused));
        }
        inFlight.add(
                sending.kept.size(),
                sending.bytes,
                positions,
                appended,
                () -> mailbox.post(() -> onStored(
                        sending, positions, commitsRecords ? coordinates(routed, appended.join()) : List.of())));
    }

    /** Runs on the task's thread once a batch and its positions are in the log. */
    private void onStored(Sending sending, List<SourcePosition> positions, List<RecordCoordinates> places) {
        counters.onDone(sending.kept.size(), sending.bytes);
        stored.addAll(positions);
        if (commitsRecords) {
            sending.coordinates.addAll(places);
            toCommit.add(sending);
        }
    }

    private void commitStored() throws TaskFailedException, InterruptedException {
        List<SourcePosition> positions = stored.take();
        if (positions.isEmpty()) {
            return;
        }
        SourceTask started = require(task);
        calls.run(Stage.TASK_COMMIT, () -> {
            toCommit.forEach(sending -> sending.commitRecords(started));
            toCommit.clear();
            started.commit(positions);
        });
    }

    private static List<RecordCoordinates> coordinates(Router.Routed routed, List<Long> baseOffsets) {
        Map<TopicPartition, Long> next = new HashMap<>();
        for (int i = 0; i < baseOffsets.size(); i++) {
            next.put(routed.batches().get(i).partition(), baseOffsets.get(i));
        }
        List<RecordCoordinates> places = new ArrayList<>(routed.places().size());
        for (TopicPartition place : routed.places()) {
            long offset = next.merge(place, 1L, Long::sum) - 1;
            places.add(new RecordCoordinates(place, offset));
        }
        return places;
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

    /** One polled batch on its way through the pipeline. */
    private final class Sending {
        final List<OutgoingRecord> kept;
        final NewestPositions positions = new NewestPositions();
        /** With record commits: the polled records, those kept marked, and where these went. */
        final List<SourceRecord> polled = new ArrayList<>();

        final List<Boolean> isKept = new ArrayList<>();
        final List<RecordCoordinates> coordinates = new ArrayList<>();
        long bytes;

        Sending(int size) {
            kept = new ArrayList<>(size);
        }

        /** Books one record; positions of records that were dropped or tolerated count too (invariant 1). */
        void add(SourceRecord record, Outcome<OutgoingRecord> outcome) throws TaskFailedException {
            boolean keeps = outcome instanceof Outcome.Kept<OutgoingRecord>;
            if (outcome instanceof Outcome.Kept<OutgoingRecord> keep) {
                kept.add(keep.record());
                bytes += keep.record().bytes().sizeBytes();
            } else if (outcome instanceof Outcome.Failed<OutgoingRecord> failed) {
                errors.onFailed(failed.failure());
                counters.onFailed();
            } else {
                counters.onDropped();
            }
            positions.add(record.position());
            if (commitsRecords) {
                polled.add(record);
                isKept.add(keeps);
            }
        }

        void commitRecords(SourceTask started) {
            int place = 0;
            for (int i = 0; i < polled.size(); i++) {
                started.commitRecord(polled.get(i), isKept.get(i) ? coordinates.get(place++) : null);
            }
        }
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
