package dev.sluice.runtime.plugin;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.RetriableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls into plugins that belong to no task, such as {@code validate} or a look-up of a secret: each on a thread made for
 * it, at most as long as its budget. A call that takes longer is answered for, its thread interrupted and left behind.
 *
 * <p>Calls are counted by plugin, so that one that hangs holds up nobody else: so many of a plugin run at once, so many
 * more wait, and one that left too many threads behind is asked nothing until some of them have come back. Any thread.
 */
public final class BudgetedCalls {
    private static final int RUNNING_MAX = 4;
    private static final int WAITING_MAX = 1_000;
    private static final int ABANDONED_MAX = 16;

    private final String threadPrefix;
    private final Duration budget;
    private final String budgetKey;
    /** Guarded by itself; held for a moment only, never while a plugin is called. */
    private final Map<String, Lane> lanes = new HashMap<>();

    private boolean isClosed;

    /**
     * Makes calls with a budget each.
     *
     * @param threadPrefix begins the names of the threads, such as {@code check-}
     * @param budget how long one call may take, not counting the time until it begins
     * @param budgetKey the setting that says it, for messages
     */
    public BudgetedCalls(String threadPrefix, Duration budget, String budgetKey) {
        this.threadPrefix = threadPrefix;
        this.budget = budget;
        this.budgetKey = budgetKey;
    }

    /**
     * Makes a call; returns at once.
     *
     * @param plugin whose call it is, for the count and the thread's name
     * @param call what to do; what it throws fails the future as it is
     * @return completes on the call's thread; fails with a {@link CallTimeoutException} if it takes too long
     */
    public <T> CompletableFuture<T> call(String plugin, Callable<T> call) {
        Pending<T> pending = new Pending<>(plugin, call);
        synchronized (lanes) {
            Lane lane = lanes.computeIfAbsent(plugin, name -> new Lane());
            if (isClosed) {
                pending.answer.completeExceptionally(
                        new ConnectorException("Cannot ask " + plugin + ": the worker is closing."));
            } else if (lane.abandoned >= ABANDONED_MAX || lane.waiting.size() >= WAITING_MAX) {
                pending.answer.completeExceptionally(lane.refusal(plugin));
            } else {
                lane.waiting.add(pending);
                startNext(lane);
            }
        }
        return pending.answer;
    }

    private void startNext(Lane lane) {
        while (lane.running < RUNNING_MAX && !lane.waiting.isEmpty()) {
            lane.running++;
            Pending<?> next = lane.waiting.remove();
            try {
                next.start(lane);
            } catch (Throwable noThread) { // There is no memory for one more thread: this call fails, nothing else.
                lane.running--;
                next.answer.completeExceptionally(noThread);
            }
        }
    }

    /** Returns how many threads were left behind in calls that have not come back. */
    public int abandonedCount() {
        synchronized (lanes) {
            return lanes.values().stream().mapToInt(lane -> lane.abandoned).sum();
        }
    }

    /** Returns the plugins whose calls have not come back, with how many there are. */
    public Map<String, Integer> abandoned() {
        synchronized (lanes) {
            Map<String, Integer> counts = new HashMap<>();
            lanes.forEach((plugin, lane) -> {
                if (lane.abandoned > 0) {
                    counts.put(plugin, lane.abandoned);
                }
            });
            return counts;
        }
    }

    /** Fails what waits and what runs, and lets nothing begin any more. */
    public void close() {
        Deque<Pending<?>> open = new ArrayDeque<>();
        synchronized (lanes) {
            isClosed = true;
            for (Lane lane : lanes.values()) {
                open.addAll(lane.waiting);
                open.addAll(lane.underWay);
                lane.waiting.clear();
            }
        }
        open.forEach(pending ->
                pending.cancel(new ConnectorException("Cannot ask " + pending.plugin + ": the worker is closing.")));
    }

    /** The calls of one plugin. */
    private static final class Lane {
        private final Deque<Pending<?>> waiting = new ArrayDeque<>();
        private final Set<Pending<?>> underWay = new HashSet<>();
        private int running;
        private int abandoned;

        RetriableException refusal(String plugin) {
            return abandoned >= ABANDONED_MAX
                    ? new RetriableException("Cannot ask " + plugin + ": " + abandoned
                            + " earlier calls have not come back. Look at what it waits for; restart the worker to be rid of its"
                            + " threads.")
                    : new RetriableException("Cannot ask " + plugin + ": " + waiting.size()
                            + " calls are waiting already. Ask again later.");
        }
    }

    /** One call, waiting or under way. */
    private final class Pending<T> {
        private final String plugin;
        private final Callable<T> call;
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        /** Set under the lock before the thread starts. */
        private @Nullable Thread thread;

        Pending(String plugin, Callable<T> call) {
            this.plugin = plugin;
            this.call = call;
        }

        void start(Lane lane) {
            Thread made = new Thread(() -> run(lane), threadPrefix + plugin);
            made.setDaemon(true);
            made.start();
            thread = made;
            lane.underWay.add(this);
            // A future of its own, whose time-out is forgotten as soon as there is an answer.
            CompletableFuture<Void> timer = new CompletableFuture<Void>()
                    .orTimeout(budget.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((never, late) -> {
                        if (late != null) {
                            expire(lane);
                        }
                    });
            CompletableFuture<T> unused = answer.whenComplete((result, failed) -> timer.complete(null));
        }

        private void run(Lane lane) {
            T result;
            try {
                result = call.call();
            } catch (Throwable failed) { // Whoever asked hears of it; an error of a plugin never ends the worker.
                end(lane);
                answer.completeExceptionally(failed);
                return;
            }
            end(lane);
            answer.complete(result);
        }

        private void end(Lane lane) {
            synchronized (lanes) {
                if (lane.underWay.remove(this)) {
                    lane.running--;
                    startNext(lane);
                } else {
                    lane.abandoned--;
                }
            }
        }

        private void expire(Lane lane) {
            synchronized (lanes) {
                if (!lane.underWay.remove(this)) {
                    return;
                }
                lane.running--;
                lane.abandoned++;
                startNext(lane);
            }
            cancel(new CallTimeoutException(plugin, budget, budgetKey));
        }

        void cancel(ConnectorException reason) {
            answer.completeExceptionally(reason);
            Thread started = thread;
            if (started != null) {
                started.interrupt();
            }
        }
    }
}
