package dev.sluice.runtime.flow;

/** How often one round of looks may still read the age of a record from the log, over all connectors. Monitor thread. */
final class AgeReads {
    private final int perRound;
    private int left;

    AgeReads(int perRound) {
        this.perRound = perRound;
        this.left = perRound;
    }

    /** Begins a round. */
    void refill() {
        left = perRound;
    }

    /** Takes one read, if there is one left. */
    boolean take() {
        return left-- > 0;
    }
}
