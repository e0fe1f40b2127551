package dev.sluice.connector.jdbc.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the floor of safe mode may rise to: below it no row is looked for any more. It rises to where the order ended in a round
 * when every transaction that ran then has ended and one more round has read what those left: by then nobody is left who took a
 * number or a time below it. Belongs to the reading thread.
 */
final class RisingFloor {
    private final SourceConfig.Safety safety;
    private final LongSupplier nanoTime;
    private @Nullable Candidate candidate;
    private boolean isCandidateDue;
    private Set<String> running = Set.of();

    RisingFloor(SourceConfig.Safety safety, LongSupplier nanoTime) {
        this.safety = safety;
        this.nanoTime = nanoTime;
    }

    /** Where the floor may rise to, once all that ran at that time has ended. */
    private record Candidate(long floor, long xmax, Set<String> running, long nanos) {}

    /** Before the snapshot is taken: who ended by now has left nothing that the coming round does not see. */
    void look(Connection connection) throws SQLException {
        isCandidateDue = candidate != null && hasEnded(candidate, Snapshot.active(connection));
    }

    private static boolean hasEnded(Candidate candidate, Set<String> active) {
        return !active.contains(Snapshot.PREPARED) && Collections.disjoint(candidate.running, active);
    }

    /** After the snapshot was taken: who runs now may still write below where the round will end. */
    void begin(Connection connection) throws SQLException {
        running = Snapshot.active(connection);
    }

    /** Returns the floor after a round that has read all there was. */
    @Nullable
    Long raised(@Nullable Long floor, Snapshot snapshot) {
        Candidate due = candidate;
        if (due == null || !isCandidateDue || due.xmax > snapshot.xmin() || !isOldEnough(due, snapshot)) {
            return floor;
        }
        candidate = null;
        return floor == null ? (Long) due.floor : (Long) Math.max(floor, due.floor);
    }

    /** A standby does not know who runs on its primary: there only time tells. */
    private boolean isOldEnough(Candidate due, Snapshot snapshot) {
        return !snapshot.isStandby()
                || nanoTime.getAsLong() - due.nanos > safety.late().toNanos();
    }

    /**
     * Takes the end of such a round as the next candidate, unless there is one.
     *
     * @param until before which microsecond the round read, or null without time
     * @param floor where the floor is now
     */
    void offer(Position end, @Nullable Long until, Snapshot snapshot, @Nullable Long floor) {
        if (candidate != null) {
            return;
        }
        long next = until == null
                ? Objects.requireNonNull(end.number()) - safety.lateNumbers()
                : Math.min(toMicros(Objects.requireNonNull(end.time())), until) - toMicros(safety.late());
        // Where nothing new came, the floor is where it can be.
        if (floor == null || next > floor) {
            candidate = new Candidate(next, snapshot.xmax(), running, nanoTime.getAsLong());
        }
    }

    static long toMicros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    static long toMicros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
