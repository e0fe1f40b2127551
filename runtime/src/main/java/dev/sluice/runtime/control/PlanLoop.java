package dev.sluice.runtime.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Owns the state of the plan. Events are applied to it on one event loop, one after the other; {@link #state()} may be read by
 * any thread.
 */
final class PlanLoop {
    private final Executor owner;
    private final Consumer<Command> commands;
    private final Consumer<String> onChanged;
    /** Who waits for a state; touched by the owner only. */
    private final List<Waiter> waiters = new ArrayList<>();
    /** Written by the owner only; others read snapshots of it. */
    private volatile ClusterState state = ClusterState.EMPTY;

    /**
     * Makes a loop without connectors.
     *
     * @param owner runs what it is given one after the other on one event loop
     * @param commands takes what is to be done, in order; returns at once
     * @param onChanged hears the name of each connector whose entry is another one now; returns at once
     */
    PlanLoop(Executor owner, Consumer<Command> commands, Consumer<String> onChanged) {
        this.owner = owner;
        this.commands = commands;
        this.onChanged = onChanged;
    }

    private record Waiter(Predicate<ClusterState> condition, CompletableFuture<Void> reached) {}

    ClusterState state() {
        return state;
    }

    /** Brings an event to the owner; any thread. Completes when the state shows what follows from it. */
    CompletableFuture<Void> post(Event event) {
        return plan(event).thenAccept(next -> {});
    }

    /** As {@link #post}; completes with the state that follows from this event, whatever happens behind it. */
    CompletableFuture<ClusterState> plan(Event event) {
        return CompletableFuture.supplyAsync(() -> apply(event), owner);
    }

    private ClusterState apply(Event event) {
        Plan plan = event.apply(state);
        ClusterState before = state;
        state = plan.next();
        plan.commands().forEach(commands);
        tellWaiters();
        plan.next().changedSince(before).forEach(onChanged);
        return plan.next();
    }

    private void tellWaiters() {
        for (Iterator<Waiter> each = waiters.iterator(); each.hasNext(); ) {
            Waiter waiter = each.next();
            if (waiter.reached.isDone() || waiter.condition.test(state)) {
                each.remove();
                waiter.reached.complete(null);
            }
        }
    }

    /** Completes when a state is reached, or with false when the time is over; any thread. */
    CompletableFuture<Boolean> await(Predicate<ClusterState> condition, Duration limit) {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        owner.execute(() -> {
            waiters.add(new Waiter(condition, reached));
            tellWaiters();
        });
        return reached.thenApply(done -> true)
                .completeOnTimeout(false, limit.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((done, failure) -> reached.complete(null));
    }

    /** Lets the owner come to what was posted, so that the state shows it; a loop that has ended is not waited for. */
    void settle(Duration limit) {
        CompletableFuture.runAsync(() -> {}, owner)
                .completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
