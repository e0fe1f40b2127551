package dev.sluice.connector.elasticsearch.bulk;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.RetriableException;
import dev.sluice.connector.elasticsearch.client.Answer;
import dev.sluice.connector.elasticsearch.client.FailureKind;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries items to a cluster by bulk requests, several at once, until each is finished: carried out, or refused for good.
 *
 * <p>All state belongs to the thread that calls it, which drives it by {@link #add}, {@link #pump} and {@link #await}; answers come
 * through a queue, and nothing happens between the calls. An item goes
 *
 * <pre>
 *   add → waits for earlier ones of its document → may be sent → in flight → finished
 *                                                      ↑             │
 *                                                      └── refused for now, after a pause
 * </pre>
 *
 * Only items that were refused are sent again; all of a request's where nobody knows what became of it. What makes that harmless is
 * the items' own affair: an id, a version.
 *
 * @param <T> what the caller knows items by
 */
public final class BulkWriter<T> {
    private static final int PATIENCE_MAX = 64;

    private final BulkConfig config;
    private final BulkTransport transport;
    private final BulkListener<T> listener;
    private final BulkMetrics metrics;
    private final LongSupplier nanoClock;
    private final Congestion congestion;
    private final Pauses pauses;
    private final DocumentOrder<T> order = new DocumentOrder<>();
    private final Outbox<T> outbox = new Outbox<>();
    private final Set<Bulk<T>> inFlight = new LinkedHashSet<>();
    private final BlockingQueue<Answered<T>> answers = new LinkedBlockingQueue<>();
    private final Failing<T> failing;
    private final ArrayDeque<Problem<T>> problems = new ArrayDeque<>();
    private int unfinished;
    private long unfinishedBytes;
    private int failuresInARow;
    private long pausedUntilNanos;
    /**
     * How many times the usual time-out a request may take; doubled by each time-out. A cluster that needs longer than that for every
     * request would otherwise get the same ones again and again, and more to do each time.
     */
    private int patience = 1;

    private @Nullable RuntimeException failure;

    /** A request that was sent. Compared by identity: it is the one object. */
    private static final class Bulk<T> {
        final List<Entry<T>> entries;
        final long bytes;
        final long sentNanos;

        Bulk(List<Entry<T>> entries, long sentNanos) {
            this.entries = entries;
            this.sentNanos = sentNanos;
            long sum = 0;
            for (Entry<T> entry : entries) {
                sum += entry.bytes;
            }
            this.bytes = sum;
        }
    }

    /** What came of a request: an answer, or the reason why there is none. */
    private record Answered<T>(
            Bulk<T> bulk, @Nullable Answer answer, @Nullable Throwable problem) {}

    /** An item that ended otherwise than it should, of which the listener has not heard. */
    private record Problem<T>(T origin, ItemResult result, Verdict verdict) {}

    /**
     * Creates a writer that has nothing to do.
     *
     * @param random gives numbers from 0 to 1, for the pauses
     */
    public BulkWriter(
            BulkConfig config,
            BulkTransport transport,
            BulkListener<T> listener,
            BulkMetrics metrics,
            LongSupplier nanoClock,
            DoubleSupplier random) {
        this.config = config;
        this.transport = transport;
        this.listener = listener;
        this.metrics = metrics;
        this.nanoClock = nanoClock;
        this.congestion = new Congestion(config);
        this.pauses = new Pauses(config.backoff(), random);
        this.pausedUntilNanos = nanoClock.getAsLong();
        this.failing = new Failing<>(config, pausedUntilNanos);
    }

    /** Returns whether the bounds leave room for another item. */
    public boolean hasRoom() {
        return unfinished < config.bufferedItemsMax() && unfinishedBytes < config.bufferedBytesMax();
    }

    /** Returns whether at most half of the room is taken. */
    public boolean hasMuchRoom() {
        return unfinished <= config.bufferedItemsMax() / 2 && unfinishedBytes <= config.bufferedBytesMax() / 2;
    }

    /** Returns how many items are not finished. */
    public int unfinished() {
        return unfinished;
    }

    /**
     * Takes an item, room or no room, and sends a request if it is full.
     *
     * @throws RuntimeException why the writer has failed, if it has
     */
    public void add(BulkItem<T> item) {
        requireWhole();
        if (order.mustBeginBefore(item)) {
            order.begin(open());
        }
        long now = nanoClock.getAsLong();
        Entry<T> entry = new Entry<>(item, now);
        unfinished++;
        unfinishedBytes += entry.bytes;
        if (order.admit(entry)) {
            outbox.addFresh(entry);
        }
        if (outbox.isFull(congestion.items(), congestion.bytes())) {
            send(now);
        }
    }

    /** Returns all items that may be sent or were. */
    private List<Entry<T>> open() {
        List<Entry<T>> open = new ArrayList<>();
        outbox.forEach(open::add);
        inFlight.forEach(bulk -> open.addAll(bulk.entries));
        return open;
    }

    /**
     * Does all that can be done now, without waiting: takes answers, sends what is due.
     *
     * @throws RuntimeException why the writer has failed: what the listener threw, or that an item was tried for too long, or that
     *     the cluster refuses everything for good
     */
    public void pump() {
        requireWhole();
        try {
            for (Answered<T> answered = answers.poll(); answered != null; answered = answers.poll()) {
                take(answered);
            }
            tellProblems();
            long now = nanoClock.getAsLong();
            failing.requireWithinBudget(now);
            send(now);
            show(now);
            failing.log(now);
        } catch (RuntimeException failed) {
            failure = failed;
            throw failed;
        }
    }

    /**
     * Waits until an answer comes or something is due, and pumps.
     *
     * @param max how long to wait at most
     */
    public void await(Duration max) {
        requireWhole();
        long now = nanoClock.getAsLong();
        long due = Math.max(outbox.nextDueNanos(), pausedUntilNanos) - now;
        long nanos = Math.max(1, Math.min(max.toNanos(), due > 0 ? due : max.toNanos()));
        try {
            Answered<T> answered = answers.poll(nanos, TimeUnit.NANOSECONDS);
            if (answered != null) {
                answers.add(answered);
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            throw new RetriableException(
                    "Cannot go on: the task was interrupted while it waited for the cluster.", asked);
        }
        pump();
    }

    /** Waits for requests in flight, bounded, without sending others; so that none is late when somebody else goes on. */
    public void settle(Duration max) {
        long end = nanoClock.getAsLong() + max.toNanos();
        try {
            while (!inFlight.isEmpty()) {
                Answered<T> answered = answers.poll(end - nanoClock.getAsLong(), TimeUnit.NANOSECONDS);
                if (answered == null) {
                    return;
                }
                inFlight.remove(answered.bulk());
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns that the cluster has taken nothing for some seconds, and why; null if all is well or just slow. */
    public @Nullable Trouble trouble() {
        return failing.trouble(nanoClock.getAsLong());
    }

    private void requireWhole() {
        RuntimeException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    private void tellProblems() {
        for (Problem<T> problem = problems.poll(); problem != null; problem = problems.poll()) {
            if (problem.verdict() == Verdict.CONFLICT) {
                metrics.onConflict();
                listener.onConflict(problem.origin(), problem.result());
            } else {
                metrics.onRefused();
                listener.onRefused(problem.origin(), problem.result());
            }
        }
    }

    private void show(long now) {
        metrics.show(new BulkMetrics.Shown(
                inFlight.size(),
                congestion.window(),
                congestion.items(),
                unfinished,
                unfinishedBytes,
                failing.nanos(now) / 1e9));
    }

    // Sending.

    private void send(long now) {
        long lingering =
                now - (config.linger().toMillis() <= 1 ? 0 : config.linger().toNanos());
        while (inFlight.size() < congestion.window() && pausedUntilNanos - now <= 0 && isDue(now, lingering)) {
            send(new Bulk<>(outbox.next(congestion.items(), congestion.bytes()), now));
        }
    }

    private boolean isDue(long now, long lingering) {
        return outbox.hasUrgent(now)
                || outbox.isFull(congestion.items(), congestion.bytes())
                || outbox.hasFreshSince(lingering);
    }

    private void send(Bulk<T> bulk) {
        inFlight.add(bulk);
        metrics.onSent(bulk.entries.size(), bulk.bytes);
        List<ByteBuffer> body = new ArrayList<>(bulk.entries.size() * 3);
        for (Entry<T> entry : bulk.entries) {
            body.addAll(entry.item.lines());
        }
        var unused = transport
                .send(body, patience)
                .whenComplete((answer, problem) -> answers.add(new Answered<>(bulk, answer, problem)));
    }

    // Answers.

    private void take(Answered<T> answered) {
        Bulk<T> bulk = answered.bulk();
        if (!inFlight.remove(bulk)) {
            throw new IllegalStateException("An answer must belong to a request in flight, but this one does not.");
        }
        Answer answer = answered.answer();
        if (answer == null) {
            onUnanswered(bulk, answered.problem());
            return;
        }
        metrics.onAnswered(nanoClock.getAsLong() - bulk.sentNanos);
        if (answer.isSuccess()) {
            try {
                onResults(bulk, BulkAnswer.results(answer.body(), bulk.entries.size()));
            } catch (IOException unreadable) {
                onUnanswered(bulk, unreadable);
            }
        } else {
            onRefused(bulk, answer);
        }
    }

    /**
     * Nobody knows what became of it: all of it is sent again; in smaller requests, because some proxies cut a connection where a request is
     * too large for them.
     */
    private void onUnanswered(Bulk<T> bulk, @Nullable Throwable problem) {
        ItemResult result = ItemResult.unanswered(problem);
        if (Verdict.of(result) == Verdict.FATAL) {
            throw fatal(result);
        }
        boolean isLate = problem instanceof SocketTimeoutException;
        boolean isNews = onFailed(bulk, result, isLate || result.kind() == FailureKind.UNANSWERED);
        if (isLate && isNews) {
            patience = Math.min(PATIENCE_MAX, 2 * patience);
        }
    }

    private static ConnectorException fatal(ItemResult result) {
        return new ConnectorException("Cannot write to the cluster: " + result.wordsAndAdvice());
    }

    private void onRefused(Bulk<T> bulk, Answer answer) {
        ItemResult result = ItemResult.of(answer.refusal());
        switch (Verdict.of(result)) {
            case RETRY -> {
                boolean unused = onFailed(bulk, result, isForWantOfRoom(result));
            }
            case BAD_RECORD -> {
                // A cluster names the exception. Whoever does not, such as a proxy, has looked into no document: none
                // is to blame.
                if (result.kind() == FailureKind.RECORD
                        && result.refusal().type().isEmpty()) {
                    throw fatal(result);
                }
                onUnusable(bulk, result);
            }
            case FATAL, DONE, CONFLICT -> throw fatal(result);
        }
    }

    /** It is too large, or something in it makes it no bulk request: it is divided until that stands alone. */
    private void onUnusable(Bulk<T> bulk, ItemResult result) {
        if (bulk.entries.size() == 1) {
            Entry<T> alone = bulk.entries.get(0);
            problems.add(new Problem<>(alone.item.origin(), result, Verdict.BAD_RECORD));
            finish(alone);
            return;
        }
        metrics.onSplit();
        if (result.kind() == FailureKind.TOO_LARGE) {
            congestion.onTooLarge(bulk.bytes);
        }
        int middle = bulk.entries.size() / 2;
        outbox.addPart(bulk.entries.subList(0, middle));
        outbox.addPart(bulk.entries.subList(middle, bulk.entries.size()));
    }

    /** Sends all of it again, later; returns whether this failure is not one with that of a request which was in flight beside it. */
    private boolean onFailed(Bulk<T> bulk, ItemResult result, boolean isForWantOfRoom) {
        metrics.onFailed();
        long now = nanoClock.getAsLong();
        for (Entry<T> entry : bulk.entries) {
            failing.add(entry, result, now);
        }
        boolean isNews = standBack(bulk, now, result.refusal().retryAfter(), isForWantOfRoom);
        if (isNews) {
            failing.onFailedRequest();
        }
        outbox.addLater(bulk.entries, pausedUntilNanos);
        return isNews;
    }

    /** Sends nothing for a while. Requests that were in flight together make one failure; returns whether this is the first of them. */
    private boolean standBack(Bulk<T> bulk, long now, @Nullable Duration retryAfter, boolean isForWantOfRoom) {
        boolean isNews = bulk.sentNanos - pausedUntilNanos >= 0 || failuresInARow == 0;
        if (isForWantOfRoom) {
            boolean unused = congestion.onRefusal(bulk.sentNanos, now);
        }
        if (isNews) {
            failuresInARow++;
        }
        long until = now + pauses.nanos(failuresInARow, retryAfter);
        pausedUntilNanos = isNews || retryAfter != null ? Math.max(pausedUntilNanos, until) : pausedUntilNanos;
        return isNews;
    }

    private void onResults(Bulk<T> bulk, List<ItemResult> results) {
        if (results.isEmpty()) {
            onSuccess();
            for (Entry<T> entry : bulk.entries) {
                finish(entry);
                listener.onDone(entry.item.origin());
            }
            congestion.onSuccess();
            return;
        }
        List<Entry<T>> again = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            onResult(bulk.entries.get(i), results.get(i), again);
        }
        if (again.size() < results.size()) {
            onSuccess();
        }
        if (again.isEmpty()) {
            congestion.onSuccess();
        } else {
            onRefusedItems(bulk, again);
        }
    }

    private void onSuccess() {
        failuresInARow = 0;
        failing.onSuccess(nanoClock.getAsLong());
    }

    private void onResult(Entry<T> entry, ItemResult result, List<Entry<T>> again) {
        Verdict verdict = Verdict.of(result);
        switch (verdict) {
            case DONE -> {
                finish(entry);
                listener.onDone(entry.item.origin());
            }
            case CONFLICT, BAD_RECORD -> {
                finish(entry);
                problems.add(new Problem<>(entry.item.origin(), result, verdict));
            }
            case RETRY -> {
                failing.add(entry, result, nanoClock.getAsLong());
                again.add(entry);
            }
            case FATAL -> throw fatal(result);
        }
    }

    private void onRefusedItems(Bulk<T> bulk, List<Entry<T>> again) {
        long now = nanoClock.getAsLong();
        boolean isForWantOfRoom = again.stream().anyMatch(entry -> isForWantOfRoom(entry.lastFailure));
        metrics.onRetried(again.size());
        if (again.size() == bulk.entries.size()) {
            boolean unused = standBack(bulk, now, null, isForWantOfRoom);
            outbox.addLater(again, pausedUntilNanos);
            return;
        }
        if (isForWantOfRoom) {
            boolean unused = congestion.onRefusal(bulk.sentNanos, now);
        }
        int failures = again.stream().mapToInt(entry -> entry.failures).max().orElse(1);
        outbox.addLater(again, now + pauses.nanos(failures, null));
    }

    private static boolean isForWantOfRoom(ItemResult result) {
        return result.kind() == FailureKind.BUSY;
    }

    private void finish(Entry<T> entry) {
        unfinished--;
        unfinishedBytes -= entry.bytes;
        failing.remove(entry);
        order.finish(entry, outbox::addUrgent);
        if (unfinished == 0) {
            order.end();
        }
    }
}
