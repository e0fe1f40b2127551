package dev.sluice.runtime.task;

import dev.sluice.api.connector.Progress;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.meter.Count;
import dev.sluice.runtime.meter.Latencies;
import dev.sluice.runtime.meter.Span;
import dev.sluice.runtime.meter.Statistic;
import dev.sluice.runtime.transport.Isolation;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a task has done so far and what it is about: the one object that its runner writes and that status, flow and
 * metrics read. Written by the task's thread, mostly once per batch; {@link ErrorCounters} by any thread. Any thread reads.
 */
public final class TaskCounters {
    private final Clock clock;
    private final Statistic recordsIn;
    private final Statistic recordsOut;
    private final Count bytesIn = new Count();
    private final Count bytesOut = new Count();
    private final Count dropped = new Count();
    private final Statistic polls;
    private final Statistic puts;
    private final Statistic active;
    private final Statistic transactions;
    private final Count heldRecords = new Count();
    private final Count heldBytes = new Count();
    private final Count partitions = new Count();
    private final Count lastReadMillis = new Count();
    private final Count lastWriteMillis = new Count();
    private final ErrorCounters errors;
    private final CommitCounters commits;
    private final StageTimes stages = new StageTimes();
    private final LifeTimes life;
    private final Latencies latencies = new Latencies();
    private final TaskMetrics pluginMetrics = new TaskMetrics();
    private volatile WaitState wait;
    private volatile @Nullable InFlight inFlight;
    private volatile @Nullable SinkPartitions followed;
    private volatile @Nullable TaskFacts facts;
    private final TaskProgress.Follower job = new TaskProgress.Follower();
    private volatile @Nullable TaskProgress progress;

    TaskCounters(Clock clock, Span span) {
        this.clock = clock;
        long now = clock.millis();
        this.recordsIn = new Statistic(span, now);
        this.recordsOut = new Statistic(span, now);
        this.polls = new Statistic(span, now);
        this.puts = new Statistic(span, now);
        this.active = new Statistic(span, now);
        this.transactions = new Statistic(span, now);
        this.errors = new ErrorCounters(clock);
        this.commits = new CommitCounters(clock, span);
        this.life = new LifeTimes(clock);
        this.wait = new WaitState(Waiting.NOTHING, now, 0, 0);
    }

    /** A source gave records, after so long. */
    void onPolled(long recordCount, long nanos) {
        long now = clock.millis();
        polls.record(nanos, now);
        recordsIn.record(recordCount, now);
        lastReadMillis.set(now);
    }

    /** A sink has read records of the log, dropped and failed ones included. */
    void onRead(long recordCount, long byteCount) {
        long now = clock.millis();
        recordsIn.record(recordCount, now);
        bytesIn.add(byteCount);
        lastReadMillis.set(now);
    }

    /** A sink has taken a batch, after so long. */
    void onPut(long nanos) {
        puts.record(nanos, clock.millis());
    }

    /** Records reached their end: of a source in the log with their positions stored, of a sink taken by put. */
    void onDone(long recordCount, long byteCount) {
        long now = clock.millis();
        recordsOut.record(recordCount, now);
        bytesOut.add(byteCount);
        lastWriteMillis.set(now);
    }

    /** A record that bears a time of its own reached its end. */
    void onLatency(long recordMillis, long nowMillis) {
        latencies.record(nowMillis - recordMillis);
    }

    void onDropped() {
        dropped.add(1);
    }

    /** A record failed and was left out. */
    void onFailed() {
        errors.onSkipped();
    }

    /** From any thread of the plugin's, now and then. */
    synchronized void onProgress(Progress newest) {
        progress = job.next(newest, clock.millis());
    }

    /** So much of a sink's was read and is not taken by put. */
    void onHeld(long recordCount, long byteCount) {
        heldRecords.set(recordCount);
        heldBytes.set(byteCount);
        onActive(recordCount);
    }

    /** So many records are on their way now. */
    void onActive(long recordCount) {
        active.record(recordCount, clock.millis());
    }

    /** What is on its way is what stands in this book. */
    void follow(InFlight book) {
        inFlight = book;
    }

    /** Where a sink stands is what these partitions say. */
    void follow(SinkPartitions assigned) {
        followed = assigned;
    }

    /** The task idles, as it was asked. */
    void onPaused() {
        life.onPaused();
        waitsFor(Waiting.PAUSED);
    }

    /** The task goes on after a pause. */
    void onResumed() {
        life.onRunning();
        waitsFor(Waiting.NOTHING);
    }

    /** The task has ended. */
    void onEnded() {
        life.onEnded();
        waitsFor(Waiting.NOTHING);
        pluginMetrics.clear();
    }

    /** The task is made of these. */
    void onMade(TaskFacts made) {
        facts = made;
    }

    /** Returns the time of day, which latencies are measured by. */
    long nowMillis() {
        return clock.millis();
    }

    /** A transaction with so many records was committed. */
    void onTransaction(long recordCount) {
        transactions.record(recordCount, clock.millis());
    }

    void onPartitions(int count) {
        partitions.set(count);
    }

    /** From now on the task waits for this; where it did already, the time goes on. Not for {@link Waiting#RETRY}. */
    void waitsFor(Waiting what) {
        if (wait.on() != what) {
            wait = new WaitState(what, clock.millis(), 0, 0);
        }
    }

    /** From now on the task waits before it tries something again; the first of several waits in a row begins the time. */
    void waitsForRetry(int attempt, long nextMillis) {
        long since = wait.on() == Waiting.RETRY ? wait.sinceMillis() : clock.millis();
        wait = new WaitState(Waiting.RETRY, since, attempt, nextMillis);
    }

    /** Returns the records that a source has in the log, or that a sink was given and kept. */
    public long records() {
        return recordsOut.sum();
    }

    /** Returns the bytes of these records' keys and values. */
    public long bytes() {
        return bytesOut.value();
    }

    /** Returns the records that a source's polls gave, or that a sink read, per batch. */
    public Statistic recordsIn() {
        return recordsIn;
    }

    /** Returns the records of {@link #records()}, per batch. */
    public Statistic recordsOut() {
        return recordsOut;
    }

    /** Returns the bytes that a sink has read; 0 for a source, whose records have none before they are converted. */
    public long bytesIn() {
        return bytesIn.value();
    }

    /** Returns the records that transformations dropped on purpose. */
    public long dropped() {
        return dropped.value();
    }

    /** Returns the records that failed and were left out. */
    public long failed() {
        return errors.skipped();
    }

    /** Returns the polls that gave records, in nanoseconds; all polls are in {@link #stages()}. */
    public Statistic polls() {
        return polls;
    }

    /** Returns the puts that went well, in nanoseconds. */
    public Statistic puts() {
        return puts;
    }

    /** Returns how many records are on their way. */
    public long activeRecords() {
        InFlight book = inFlight;
        return book == null ? heldRecords.value() : book.records();
    }

    /** Returns how many bytes are on their way. */
    public long activeBytes() {
        InFlight book = inFlight;
        return book == null ? heldBytes.value() : book.bytes();
    }

    /** Returns how many records were on their way, each time that this changed. */
    public Statistic active() {
        return active;
    }

    /** Returns the transactions of an exactly-once source that were committed, by their records. */
    public Statistic transactions() {
        return transactions;
    }

    /** Returns how many partitions a sink reads. */
    public long partitions() {
        return partitions.value();
    }

    /** Returns what went wrong. */
    public ErrorCounters errors() {
        return errors;
    }

    /** Returns the offset commits. */
    public CommitCounters commits() {
        return commits;
    }

    /** Returns how long each stage took. */
    public StageTimes stages() {
        return stages;
    }

    /** Returns how long the task ran and was paused. */
    public LifeTimes life() {
        return life;
    }

    /** Returns the time from a record's own timestamp to its end, of records that have one. */
    public Latencies latencies() {
        return latencies;
    }

    /** Returns where a sink stands in each of its partitions: below that offset all was taken by put or left out. */
    public Map<TopicPartition, Long> positions() {
        SinkPartitions assigned = followed;
        return assigned == null ? Map.of() : assigned.positions();
    }

    /** Returns which records a sink is given; empty for a source. */
    public Optional<Isolation> isolation() {
        return Optional.ofNullable(followed).map(SinkPartitions::isolation);
    }

    /** Returns what the task is made of; empty until it is. */
    public Optional<TaskFacts> facts() {
        return Optional.ofNullable(facts);
    }

    /** Returns what the plugin counts itself. */
    public TaskMetrics pluginMetrics() {
        return pluginMetrics;
    }

    /** Returns what the task waits for. */
    public WaitState waiting() {
        return wait;
    }

    /** Returns when the outside or the log last gave records, in milliseconds since 1970-01-01T00:00Z; 0 for never. */
    public long lastReadMillis() {
        return lastReadMillis.value();
    }

    /** Returns when records last reached their end, as {@link #lastReadMillis()}. */
    public long lastWriteMillis() {
        return lastWriteMillis.value();
    }

    /** Returns when records last moved, as {@link #lastReadMillis()}. */
    public long lastActivityMillis() {
        return lastWriteMillis.value();
    }

    /** Returns how far the task says it is. */
    public Optional<TaskProgress> progress() {
        return Optional.ofNullable(progress);
    }
}
