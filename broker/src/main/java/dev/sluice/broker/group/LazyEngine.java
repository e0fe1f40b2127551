package dev.sluice.broker.group;

import dev.sluice.broker.log.SerialThread;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.common.errors.CoordinatorNotAvailableException;
import org.apache.kafka.coordinator.group.GroupCoordinator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts Kafka's coordinator with the first question, because a worker that only commits the offsets of its sinks does
 * without it:
 *
 * <pre>
 *   idle ── first question ──► starting ──► running ── close ──► closed
 *     ▲                            │
 *     └───── could not start ──────┘
 * </pre>
 *
 * <p>Questions that come before it runs wait on the thread {@code groups} and are put in their order; no later one
 * overtakes them, or an older commit could win over a newer one.
 */
final class LazyEngine {
    private static final Logger LOG = LoggerFactory.getLogger(LazyEngine.class);
    /** Whoever asks within this time after a failed start hears of that failure. */
    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    private final GroupEngine.Parts parts;
    private final GroupOffsets offsets;
    private final SerialThread thread = new SerialThread("groups");
    private final AtomicInteger waitingCount = new AtomicInteger();
    /** Written by the thread {@code groups}. */
    private volatile @Nullable GroupEngine running;

    private volatile boolean isClosed;
    /** Belong to the thread {@code groups}. */
    private @Nullable CoordinatorNotAvailableException lastFailure;

    private long lastFailureNanos;

    LazyEngine(GroupEngine.Parts parts, GroupOffsets offsets) {
        this.parts = parts;
        this.offsets = offsets;
        parts.topics().onChange(this::topicsChanged);
    }

    private void topicsChanged() {
        if (running != null || waitingCount.get() > 0) {
            var unused = thread.submit(() -> {
                        GroupEngine engine = running;
                        if (engine != null) {
                            engine.show(parts.topics().all());
                        }
                        return null;
                    })
                    .exceptionally(LazyEngine::logMissedChange);
        }
    }

    private static @Nullable Object logMissedChange(Throwable failure) {
        LOG.atWarn().setCause(failure).log("consumer groups do not hear of a change of topics");
        return null;
    }

    /** Returns what runs, for those who only look. */
    Optional<GroupEngine> running() {
        return Optional.ofNullable(running);
    }

    <T> CompletableFuture<T> ask(Function<GroupCoordinator, CompletableFuture<T>> question) {
        GroupEngine engine = running;
        if (engine != null && waitingCount.get() == 0) {
            return put(question, engine);
        }
        if (isClosed) {
            return CompletableFuture.failedFuture(closed());
        }
        waitingCount.incrementAndGet();
        CompletableFuture<T> answer = new CompletableFuture<>();
        var unused = thread.submit(() -> {
                    forward(put(question, started()), answer);
                    return null;
                })
                .whenComplete((done, failure) -> {
                    waitingCount.decrementAndGet();
                    if (failure != null) {
                        answer.completeExceptionally(failure);
                    }
                });
        return answer;
    }

    private static <T> void forward(CompletableFuture<T> from, CompletableFuture<T> to) {
        var unused = from.whenComplete((value, failure) -> {
            if (failure == null) {
                to.complete(value);
            } else {
                to.completeExceptionally(failure);
            }
        });
    }

    private static <T> CompletableFuture<T> put(
            Function<GroupCoordinator, CompletableFuture<T>> question, GroupEngine engine) {
        try {
            return question.apply(engine.coordinator());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e); // it is being closed
        }
    }

    private GroupEngine started() {
        GroupEngine engine = running;
        if (engine != null) {
            return engine;
        }
        if (isClosed) {
            throw closed();
        }
        if (lastFailure != null && System.nanoTime() - lastFailureNanos < RETRY_NANOS) {
            throw lastFailure;
        }
        engine = start();
        running = engine;
        return engine;
    }

    private GroupEngine start() {
        long start = System.nanoTime();
        offsets.handOver(new CoordinatorOffsets(this, parts.logs())).join();
        try {
            GroupEngine engine = GroupEngine.start(parts);
            LOG.atInfo()
                    .addKeyValue("groups", offsets.list().size())
                    .addKeyValue("durationMs", (System.nanoTime() - start) / 1_000_000)
                    .log("the coordinator of consumer groups is running");
            return engine;
        } catch (RuntimeException e) {
            offsets.takeBack();
            Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            LOG.atError().setCause(cause).log("the coordinator of consumer groups could not start");
            lastFailureNanos = System.nanoTime();
            lastFailure =
                    new CoordinatorNotAvailableException("Cannot serve consumer groups: " + cause.getMessage(), cause);
            throw lastFailure;
        }
    }

    private static CoordinatorNotAvailableException closed() {
        return new CoordinatorNotAvailableException("Cannot serve consumer groups: the broker is closed.");
    }

    /** Ends the coordinator; questions that wait are answered with an error. */
    void close() {
        isClosed = true;
        thread.submit(() -> {
                    GroupEngine engine = running;
                    running = null;
                    if (engine != null) {
                        engine.close();
                    }
                    return null;
                })
                .exceptionally(failure -> null) // closed before
                .join();
        thread.close();
    }
}
