package dev.sluice.runtime.task;

import java.time.Clock;

/** How long a task ran and was paused. Written by its thread, read by any. */
public final class LifeTimes {
    private final Clock clock;
    private volatile Phase phase;

    LifeTimes(Clock clock) {
        this.clock = clock;
        long now = clock.millis();
        this.phase = new Phase(State.OTHER, now, now, 0, 0);
    }

    private enum State {
        RUNNING,
        PAUSED,
        OTHER
    }

    /** What the task does since when, and what lies before that. */
    private record Phase(State state, long bornMillis, long sinceMillis, long runningMillis, long pausedMillis) {
        Phase then(State next, long now) {
            return new Phase(next, bornMillis, now, running(now), paused(now));
        }

        long running(long now) {
            return runningMillis + (state == State.RUNNING ? now - sinceMillis : 0);
        }

        long paused(long now) {
            return pausedMillis + (state == State.PAUSED ? now - sinceMillis : 0);
        }

        double ofLife(long millis, long now) {
            return now <= bornMillis ? 0 : (double) millis / (now - bornMillis);
        }
    }

    void onRunning() {
        phase = phase.then(State.RUNNING, clock.millis());
    }

    void onPaused() {
        phase = phase.then(State.PAUSED, clock.millis());
    }

    void onEnded() {
        phase = phase.then(State.OTHER, clock.millis());
    }

    /** Returns the share of its life that the task ran, 0 to 1. */
    public double runningRatio() {
        Phase now = phase;
        long millis = clock.millis();
        return now.ofLife(now.running(millis), millis);
    }

    /** Returns the share of its life that the task was paused, 0 to 1. */
    public double pausedRatio() {
        Phase now = phase;
        long millis = clock.millis();
        return now.ofLife(now.paused(millis), millis);
    }
}
