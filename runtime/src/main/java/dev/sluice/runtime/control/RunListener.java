package dev.sluice.runtime.control;

import dev.sluice.runtime.task.Failure;
import dev.sluice.runtime.task.Stage;
import dev.sluice.runtime.task.TaskId;
import dev.sluice.runtime.task.TaskListener;
import java.time.Duration;
import java.util.function.Consumer;

/** Turns what one thread reports into events, until the thread is given up; any thread. */
final class RunListener implements TaskListener {
    private final TaskId id;
    private final long generation;
    private final Consumer<Event> events;
    private boolean isGivenUp;
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
    public void onRunning() {
        post(new Event.Changed(id, generation, RunState.RUNNING, null));
    }

    @Override
    public void onStuck(Stage stage, Duration budget) {
        String trace = "Cannot go on: the plugin call " + stage.words() + " did not come back within "
                + budget.toMillis() + " ms (task.call.timeout.ms). Look at the thread " + id
                + " with jstack to see where it waits.";
        post(new Event.Changed(id, generation, RunState.STUCK, trace));
    }

    @Override
    public synchronized void onUnstuck() {
        if (!hasFailed) {
            post(new Event.Changed(id, generation, RunState.RUNNING, null));
        }
    }

    @Override
    public synchronized void onFailed(Failure failure) {
        hasFailed = true;
        post(new Event.Changed(id, generation, RunState.FAILED, failure.trace(id)));
    }

    @Override
    public void onEnded() {
        post(new Event.Ended(id, generation));
    }

    /** Reports the end now and nothing any more. The lock keeps a report under way from coming after the end. */
    synchronized void giveUp() {
        onEnded();
        isGivenUp = true;
    }

    private synchronized void post(Event event) {
        if (!isGivenUp) {
            events.accept(event);
        }
    }
}
