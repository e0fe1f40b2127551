package dev.sluice.connector.jdbc.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Safe mode on PostgreSQL: each row once, however late and in whatever order transactions commit.
 *
 * <p>Each round reads in one snapshot. A row is taken if the transaction that wrote this version of it ({@code xmin}) is not
 * among those whose rows earlier rounds took ({@link XidSet}), wherever in the order the row stands; so a late commit is
 * found though later rows were read long ago. A round that was interrupted is finished first: rows of exactly its
 * transactions behind the last place.
 *
 * <p>So that not all rows are looked at each time there is a {@linkplain RisingFloor floor}. Cost of a round: the rows above it.
 */
final class SnapshotFinder implements Finder {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFinder.class);

    private final SourceConfig.Reading reading;
    private final RisingFloor rising;
    private @Nullable Completed completed;

    SnapshotFinder(SourceConfig.Reading reading, LongSupplier nanoTime) {
        this.reading = reading;
        this.rising = new RisingFloor(reading.safety(), nanoTime);
    }

    /** How the last round ended, until the next one makes its first record. */
    private record Completed(SafeOffset safe, @Nullable Position top) {}

    @Override
    public boolean needsSnapshot() {
        return true;
    }

    @Override
    public void look(Connection connection) throws SQLException {
        rising.look(connection);
    }

    @Override
    public Round begin(Connection connection, Order order, @Nullable Map<String, @Nullable Object> offset)
            throws SQLException {
        Snapshot snapshot = Snapshot.take(connection);
        rising.begin(connection);
        Completed before = completed;
        if (before != null && isOf(before.safe, snapshot)) {
            SafeOffset safe = before.safe;
            return fresh(order, snapshot, before.top, safe.floor(), safe.doing(), safe.until());
        }
        Position place = place(offset, before, snapshot);
        SafeOffset safe = offset == null ? null : SafeOffset.of(offset);
        if (before != null || safe == null || !isOf(safe, snapshot)) {
            return fresh(order, snapshot, place, place == null ? null : floor(order, place), null, null);
        }
        return new SnapshotRound(order, snapshot, place, safe, true);
    }

    private @Nullable Position place(
            @Nullable Map<String, @Nullable Object> offset, @Nullable Completed before, Snapshot snapshot) {
        if (before != null) {
            return before.top;
        }
        return offset == null
                ? Start.of(reading.start(), micros(snapshot.nowMicros()))
                : Position.of(offset).orElse(null);
    }

    /** Transaction ids say nothing if the rows came from another server, or so long ago that ids came round. */
    private static boolean isOf(SafeOffset safe, Snapshot snapshot) {
        long horizon = safe.doing().horizon();
        boolean isKnown = snapshot.knows(horizon);
        if (!isKnown) {
            LOG.atWarn()
                    .addKeyValue("xmin", horizon)
                    .addKeyValue("xmax", snapshot.xmax())
                    .log("the stored transaction ids are not of this server's present: reading goes on behind the last"
                            + " row, and rows that were committed late before are not looked for");
        }
        return isKnown;
    }

    private Round fresh(
            Order order,
            Snapshot snapshot,
            @Nullable Position place,
            @Nullable Long floor,
            @Nullable XidSet done,
            @Nullable Long since) {
        XidSet doing = done == null ? XidSet.below(snapshot.xmin()) : done.from(snapshot.xmin());
        Long until = order.time() == null ? null : until(snapshot, since);
        return new SnapshotRound(order, snapshot, place, new SafeOffset(floor, done, since, doing, until), false);
    }

    /** Never before the end of the last round, also if the clock was set back. */
    private Long until(Snapshot snapshot, @Nullable Long since) {
        long until =
                snapshot.nowMicros() - RisingFloor.toMicros(reading.safety().delay());
        return since == null ? (Long) until : (Long) Math.max(since, until);
    }

    private static long floor(Order order, Position place) {
        return order.time() == null
                ? Objects.requireNonNull(place.number(), "number")
                : RisingFloor.toMicros(Objects.requireNonNull(place.time(), "time"));
    }

    private static Instant micros(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** One round. The state of its offset grows as rows of transactions above the horizon are seen. */
    private final class SnapshotRound implements Round {
        private final Order order;
        private final Snapshot snapshot;
        private final @Nullable Position place;
        private final SafeOffset safe;
        private final boolean isFinishing;
        private Map<String, @Nullable Object> shared;
        private @Nullable Position top;
        private boolean hasLeftRows;

        SnapshotRound(Order order, Snapshot snapshot, @Nullable Position place, SafeOffset safe, boolean isFinishing) {
            this.order = order;
            this.snapshot = snapshot;
            this.place = place;
            this.safe = safe;
            this.isFinishing = isFinishing;
            this.shared = safe.toMap();
            this.top = place;
        }

        @Override
        public void addWhere(Sql sql) {
            sql.add(" WHERE ").add(order.first()).add(" IS NOT NULL");
            Long floor = safe.floor();
            if (floor != null) {
                // A time may be coarse, so that a later transaction has the floor's very own; a number never is.
                sql.add(" AND ").add(order.first()).add(order.time() == null ? " > " : " >= ");
                addFirst(sql, floor);
            }
            if (safe.until() != null) {
                sql.add(" AND ").add(order.first()).add(" < ");
                addFirst(sql, safe.until());
            }
            addNew(sql);
            if (isFinishing) {
                safe.doing()
                        .addContains(sql.add(" AND "), snapshot.age(safe.doing().horizon()));
            }
            boolean isBehind = isFinishing || safe.done() == null;
            if (isBehind && place != null) {
                order.addAfter(sql.add(" AND "), place);
            }
        }

        private void addNew(Sql sql) {
            XidSet done = safe.done();
            if (done == null) {
                return;
            }
            sql.add(" AND (");
            if (safe.since() != null) {
                sql.add(order.first()).add(" >= ");
                addFirst(sql, safe.since());
                sql.add(" OR ");
            }
            done.addContains(sql.add("NOT "), snapshot.age(done.horizon()));
            sql.add(")");
        }

        private void addFirst(Sql sql, long value) {
            if (order.time() == null) {
                sql.number(value);
            } else {
                sql.time(micros(value), order.isZoned());
            }
        }

        @Override
        public List<String> extras() {
            return isFinishing ? List.of() : List.of("CASE WHEN age(xmin) <= " + snapshot.xminAge() + " THEN xmin END");
        }

        @Override
        public boolean takes(Rows row, Position at, int extraIndex) throws SQLException {
            Object last32Bits = isFinishing ? null : row.get(extraIndex);
            if (last32Bits == null) {
                return true;
            }
            long xid = snapshot.whole((Long) last32Bits);
            if (!safe.doing().canHold(xid)) {
                hasLeftRows = true;
                return false;
            }
            if (safe.doing().add(xid)) {
                shared = safe.toMap();
            }
            return true;
        }

        @Override
        public Map<String, @Nullable Object> offset(Position at) {
            completed = null;
            top = later(top, at);
            Long number = at.number();
            if (at.time() == null && number != null) {
                return Map.of(Position.NUMBER, number, SafeOffset.NAME, shared);
            }
            Map<String, @Nullable Object> offset = new HashMap<>(8);
            at.putInto(offset);
            offset.put(SafeOffset.NAME, shared);
            return offset;
        }

        @Override
        public boolean isFollowed() {
            return isFinishing;
        }

        @Override
        public void complete() {
            Position end = top;
            Long floor = safe.floor();
            if (!isFinishing && !hasLeftRows) {
                floor = rising.raised(floor, snapshot);
                if (end != null) {
                    rising.offer(end, safe.until(), snapshot, floor);
                }
            }
            SafeOffset complete = new SafeOffset(floor, safe.done(), safe.since(), safe.doing(), safe.until());
            completed = new Completed(complete, end);
        }

        private Position later(@Nullable Position one, Position other) {
            return one == null || floor(order, other) >= floor(order, one) ? other : one;
        }
    }
}
