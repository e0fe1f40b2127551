package dev.sluice.runtime.control;

import dev.sluice.runtime.task.Failure;
import dev.sluice.runtime.task.Stage;
import dev.sluice.runtime.task.TaskId;
import dev.sluice.runtime.task.TaskListener;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns what one thread reports into events, until the thread has ended or is given up; any
 * thread. */
final class RunListener implements TaskListener {
    private final TaskId id;
    private final long run;
    private final Clock clock;
    private final Consumer<Event> events;
    private final Consumer<String> onBudgetSpent;
    private final StartCounters.Tally starts;
    private boolean isOver;
    private boolean hasRun;
    private boolean hasFailed;
    private boolean isPaused;

    RunListener(
            TaskId id,
            long run,
            Clock clock,
            Consumer<Event> events,
            Consumer<String> onBudgetSpent,
            StartCounters.Tally starts) {
        this.id = id;
        this.run = run;
        this.clock = clock;
        this.events = events;
        this.onBudgetSpent = onBudgetSpent;
        this.starts = starts;
        starts.onAttempt();
    }

    TaskId id() {
        return id;
    }

    long run() {
        return run;
    }

    @Override
    public synchronized void onRunning() {
        hasRun = true;
        starts.onSuccess();
        change(RunState.RUNNING, null);
    }

    @Override
    public synchronized void onPaused() {
        isPaused = true;
        change(RunState.PAUSED, null);
    }

    @Override
    public synchronized void onResumed() {
        isPaused = false;
        change(RunState.RUNNING, null);
    }

    /** One that failed stays failed, with the reason, even if its stop hangs too. */
    @Override
    public synchronized void onStuck(Stage stage, Duration budget) {
        if (!hasFailed) {
            String trace = "Cannot go on: the plugin call " + stage.words() + " did not come back within "
                    + budget.toMillis() + " ms (task.call.timeout.ms). Look at the thread " + threadName()
                    + " with jstack to see where it waits.";
            change(RunState.STUCK, trace);
        }
    }

    private String threadName() {
        return (id.isConnector() ? "connector-" : "task-") + id;
    }

    @Override
    public synchronized void onUnstuck() {
        if (!hasFailed) {
            RunState ran = isPaused ? RunState.PAUSED : RunState.RUNNING;
            change(hasRun ? ran : RunState.UNASSIGNED, null);
        }
    }

    private void change(RunState to, @Nullable String trace) {
        post(new Event.Changed(id, run, to, trace, clock.millis()));
    }

    @Override
    public synchronized void onFailed(Failure failure) {
        if (!hasRun && !hasFailed) {
            starts.onFailure();
        }
        hasFailed = true;
        post(new Event.Failed(id, run, failure.trace(id), failure.category(), failure.coordinates()));
    }

    @Override
    public synchronized void onBudgetSpent(String reason) {
        if (!isOver) {
            onBudgetSpent.accept(reason);
        }
    }

    /** Reports the end, once, and nothing any more: the watchdog may still look at the thread, and a successor may run. */
    @Override
    public synchronized void onEnded() {
        post(new Event.Ended(
                id, run, clock.millis(), ThreadLocalRandom.current().nextDouble()));
        isOver = true;
    }

    private void post(Event event) {
        if (!isOver) {
            events.accept(event);
        }
    }
}
