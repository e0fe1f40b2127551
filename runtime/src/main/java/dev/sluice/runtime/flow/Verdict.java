package dev.sluice.runtime.flow;

/** What a connector or task does, in a word; declared from the best to the worst, so that the worst of several is the last. */
public enum Verdict {
    /** There is nothing to do. */
    IDLE,
    /** Records arrive, or are about to. */
    FLOWING,
    /** It was stopped on purpose; it has no tasks. */
    STOPPED,
    /** It waits on purpose. */
    PAUSED,
    /** It does not run yet. */
    STARTING,
    /** Records arrive, but more come than go. */
    BACKPRESSURED,
    /** What failed is about to be tried again. */
    RETRYING,
    /** There is work, but nothing moves. */
    STALLED,
    /** A plugin call is over its time. */
    STUCK,
    /** One record stops all behind it. */
    POISON,
    /** It failed, and nothing brings it back by itself. */
    FAILED;

    /** Returns whether somebody must act: such a connector never counts as healthy. */
    public boolean isAlarm() {
        return switch (this) {
            case STALLED, STUCK, POISON, FAILED -> true;
            case IDLE, FLOWING, STOPPED, PAUSED, STARTING, BACKPRESSURED, RETRYING -> false;
        };
    }

    /** Returns the worse of two. */
    Verdict worse(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
