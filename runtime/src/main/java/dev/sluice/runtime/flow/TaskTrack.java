package dev.sluice.runtime.flow;

import dev.sluice.runtime.task.Stage;
import dev.sluice.runtime.task.TaskActivity;
import dev.sluice.runtime.task.TaskCounters;
import dev.sluice.runtime.task.TaskProgress;
import dev.sluice.runtime.task.TaskThread;
import dev.sluice.runtime.task.WaitState;
import dev.sluice.runtime.task.Waiting;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Follows one task, or a connector itself, from look to look, and makes facts of what it sees. Monitor thread. */
final class TaskTrack {
    private final FlowLimits limits;
    private final Window window = new Window();
    private @Nullable TaskThread run;
    private @Nullable Life life;
    private long done;
    private long committedSum = -1;
    private long readMillis;
    private long writeMillis;
    private long restMillis;
    private long confirmMillis;
    private long completedCommits;
    private long failedCommits;
    private @Nullable WaitState retried;
    private @Nullable Flow flow;

    TaskTrack(FlowLimits limits) {
        this.limits = limits;
    }

    /** Looks at a connector itself; {@code lag} is that of a sink without tasks, which falls behind all the same, else null. */
    Flow lookAtConnector(FlowUnit unit, @Nullable SinkLag lag, long now) {
        begin(unit, now);
        if (lag == null || lag.records() == 0) {
            restMillis = unit.life() == Life.STARTING ? restMillis : now;
            confirmMillis = now;
        }
        Work work = lag == null ? Work.NONE : sinkWork(lag, false, now);
        TaskThread thread = unit.thread();
        Activity activity =
                thread == null ? null : activity(thread.activity(), null, now, unit.life() == Life.STARTING);
        return judge(new FlowFacts(unit.life(), unit.trouble(), activity, work, moves(), limits), now);
    }

    /** Looks at a task; {@code lag} is null for a source, and for a sink of which nothing is known. */
    Flow lookAtTask(FlowUnit unit, @Nullable SinkLag lag, long now) {
        begin(unit, now);
        TaskThread thread = unit.thread();
        TaskCounters counters = unit.counters();
        if (thread == null || counters == null) {
            Work work = lag == null ? Work.NONE : sinkWork(lag, false, now);
            return judge(new FlowFacts(unit.life(), unit.trouble(), null, work, moves(), limits), now);
        }
        TaskActivity seen = thread.activity();
        Work work = lag == null ? sourceWork(counters, now) : sinkWork(lag, counters, seen, now);
        move(counters, lag, work, now);
        Retry retry = retry(counters, seen, work, now);
        Activity activity = activity(seen, retry, now, true);
        return judge(new FlowFacts(unit.life(), unit.trouble(), activity, work, moves(), limits), now);
    }

    private Flow judge(FlowFacts facts, long now) {
        Flow next = FlowRules.judge(facts, now).after(flow);
        flow = next;
        return next;
    }

    @SuppressWarnings("ReferenceEquality") // A run is the one thread, not what it says.
    private void begin(FlowUnit unit, long now) {
        if (unit.thread() != run) {
            run = unit.thread();
            window.clear();
            done = 0;
            committedSum = -1;
            completedCommits = 0;
            failedCommits = 0;
            restMillis = now;
            confirmMillis = now;
            retried = null;
        }
        if (unit.life() != life) {
            life = unit.life();
            restMillis = now; // What it does now is measured from here.
            confirmMillis = now;
        }
    }

    /** Notes what moved since the last look. */
    private void move(TaskCounters counters, @Nullable SinkLag lag, Work work, long now) {
        long doneNow = counters.records() + counters.dropped() + counters.failed();
        long moved = counters.lastWriteMillis();
        readMillis = Math.max(readMillis, counters.lastReadMillis());
        if (work.pendingRecords() == 0 || work.isHandedOver() || doneNow != done) {
            restMillis = now;
        }
        done = doneNow;
        if (lag == null) {
            restMillis = Math.max(restMillis, moved); // A position that passes over records moves too.
            writeMillis = Math.max(writeMillis, moved);
            confirmMillis = restMillis;
            return;
        }
        boolean isCommitted = committedSum >= 0 && lag.committedSum() != committedSum;
        committedSum = lag.committedSum();
        if (isCommitted) {
            writeMillis = now;
        }
        if (isCommitted || lag.records() == 0) {
            confirmMillis = now;
        }
    }

    private Moves moves() {
        return new Moves(readMillis, writeMillis, restMillis, confirmMillis);
    }

    private Work sourceWork(TaskCounters counters, long now) {
        Waiting waiting = counters.waiting().on();
        boolean isFull = waiting == Waiting.IN_FLIGHT_FULL || waiting == Waiting.BUFFER_FULL;
        window.add(now, 0, 0, isFull);
        long inFlight = counters.activeRecords();
        long lag = inFlight + counters.progress().map(TaskProgress::recordsLeft).orElse(0L);
        return new Work(false, lag, inFlight == 0 ? 0 : now - restMillis, inFlight, false, window.isFullMostly());
    }

    private Work sinkWork(SinkLag lag, TaskCounters counters, TaskActivity seen, long now) {
        long busy = counters.stages().of(Stage.TASK_PUT).nanos()
                + counters.stages().of(Stage.TASK_FLUSH).nanos()
                + (seen.call() == Stage.TASK_PUT || seen.call() == Stage.TASK_FLUSH ? seen.callNanos() : 0);
        window.add(now, lag.records(), busy, false);
        return sinkWork(lag, counters.waiting().on() == Waiting.LOG_EMPTY, now);
    }

    private Work sinkWork(SinkLag lag, boolean isHandedOver, long now) {
        Long oldest = lag.oldestMillis();
        Long age = lag.records() == 0 ? Long.valueOf(0) : oldest == null ? null : Math.max(now - oldest, 0);
        return new Work(true, lag.records(), age, lag.records(), isHandedOver, window.isGrowing());
    }

    /**
     * A call that is tried again is tried again until it works, also while the next attempt is under way. Of a flush, only the
     * count of refusals tells.
     */
    private @Nullable Retry retry(TaskCounters counters, TaskActivity seen, Work work, long now) {
        WaitState waiting = counters.waiting();
        if (waiting.on() == Waiting.RETRY) {
            retried = waiting;
        } else if (restMillis == now || work.pendingRecords() == 0) {
            retried = null;
        }
        long completed = counters.commits().completions().count();
        if (completed != completedCommits || work.pendingRecords() == 0) {
            completedCommits = completed;
            failedCommits = counters.commits().failures();
        }
        WaitState known = retried;
        if (known != null) {
            return new Retry(call(seen, work), known.attempt() + 1, 0, known.nextMillis());
        }
        if (counters.commits().failures() > failedCommits) {
            return new Retry(Stage.TASK_FLUSH.words(), (int) (counters.commits().failures() - failedCommits) + 1, 0, 0);
        }
        return seen.pauseNanos() == 0
                ? null
                : new Retry(call(seen, work), 0, 0, now + TimeUnit.NANOSECONDS.toMillis(seen.pauseNanos()));
    }

    private static String call(TaskActivity seen, Work work) {
        Stage call = seen.call();
        return call != null ? call.words() : work.isSink() ? Stage.TASK_PUT.words() : Stage.TASK_POLL.words();
    }

    private static Activity activity(TaskActivity seen, @Nullable Retry retry, long now, boolean hasSteps) {
        Stage call = seen.call();
        return new Activity(
                seen.threadName(),
                !seen.isAlive(),
                call == null ? null : call.words(),
                now - TimeUnit.NANOSECONDS.toMillis(seen.callNanos()),
                hasSteps ? now - TimeUnit.NANOSECONDS.toMillis(seen.stepNanos()) : now,
                retry);
    }
}
