package dev.sluice.runtime.control;

import dev.sluice.runtime.task.Failure;
import dev.sluice.runtime.task.Stage;
import dev.sluice.runtime.task.TaskId;
import dev.sluice.runtime.task.TaskListener;
import java.time.Duration;
import java.util.function.Consumer;

/** Turns what one thread reports into events, until the thread has ended or is given up; any
 * thread. */
final class RunListener implements TaskListener {
    private final TaskId id;
    private final long generation;
    private final Consumer<Event> events;
    private boolean isOver;
    private boolean hasRun;
    private boolean hasFailed;

    RunListener(TaskId id, long generation, Consumer<Event> events) {
        this.id = id;
        this.generation = generation;
        this.events = events;
    }

    TaskId id() {
        return id;
    }

    long generation() {
        return generation;
    }

    @Override
    public synchronized void onRunning() {
        hasRun = true;
        post(new Event.Changed(id, generation, RunState.RUNNING, null));
    }

    /** One that failed stays failed, with the reason, even if its stop hangs too. */
    @Override
    public synchronized void onStuck(Stage stage, Duration budget) {
        if (!hasFailed) {
            String trace = "Cannot go on: the plugin call " + stage.words() + " did not come back within "
                    + budget.toMillis() + " ms (task.call.timeout.ms). Look at the thread " + threadName()
                    + " with jstack to see where it waits.";
            post(new Event.Changed(id, generation, RunState.STUCK, trace));
        }
    }

    private String threadName() {
        return (id.isConnector() ? "connector-" : "task-") + id;
    }

    @Override
    public synchronized void onUnstuck() {
        if (!hasFailed) {
            post(new Event.Changed(id, generation, hasRun ? RunState.RUNNING : RunState.UNASSIGNED, null));
        }
    }

    @Override
    public synchronized void onFailed(Failure failure) {
        hasFailed = true;
        post(new Event.Changed(id, generation, RunState.FAILED, failure.trace(id)));
    }

    /** Reports the end, once, and nothing any more: the watchdog may still look at the thread, and a successor may run. */
    @Override
    public synchronized void onEnded() {
        post(new Event.Ended(id, generation));
        isOver = true;
    }

    private void post(Event event) {
        if (!isOver) {
            events.accept(event);
        }
    }
}
