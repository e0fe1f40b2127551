package dev.sluice.broker.handler;

import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;

/** The epoch of the leader: one node leads everything and never changes, so all that is ever written has epoch 0. */
final class LeaderEpochs {
    static final int ONLY = 0;
    static final int UNKNOWN = -1;

    private LeaderEpochs() {}

    /** Checks what a client believes; epochs come from another cluster if they do not fit. */
    static Optional<Errors> check(int believed) {
        if (believed == ONLY || believed == UNKNOWN) {
            return Optional.empty();
        }
        return Optional.of(believed > ONLY ? Errors.UNKNOWN_LEADER_EPOCH : Errors.FENCED_LEADER_EPOCH);
    }
}
