package dev.sluice.broker.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log which connections the broker ended, and why: one line per cause and address in a minute, with the number
 * of those since the last line. A client that comes again and again cannot fill the log. Any thread may call.
 */
final class ClosedConnections {
    /** Why the broker ends a connection. */
    enum Cause {
        /** The bytes are no request that is understood here. */
        BAD_REQUEST,
        /** There are too many connections. */
        TOO_MANY,
        /** A request did not arrive in time, or answers were not read. */
        TOO_SLOW,
        /** The client could not say who it is. */
        LOGIN_FAILED,
        /** A request failed that has no answer to tell so. */
        NO_ANSWER
    }

    private record Key(Cause cause, InetAddress address) {}

    private static final class Entry {
        private long loggedNanos;
        private long silentCount;
    }

    private static final Logger LOG = LoggerFactory.getLogger(ClosedConnections.class);
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** Invariant 6: with more addresses than this in a minute the others are counted together. */
    private static final int ENTRIES_MAX = 1000;

    private final LongSupplier nanoTime;
    private final Map<Key, Entry> entries = new HashMap<>();
    private final Entry others = new Entry();

    ClosedConnections(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        others.loggedNanos = nanoTime.getAsLong() - PAUSE_NANOS;
    }

    void report(InetSocketAddress client, Cause cause, String reason) {
        long silentCount = count(new Key(cause, client.getAddress()));
        var line = silentCount < 0 ? LOG.atDebug() : LOG.atWarn();
        if (silentCount > 0) {
            line = line.addKeyValue("sinceLastLine", silentCount);
        }
        line.addKeyValue("client", client)
                .addKeyValue("cause", cause)
                .addKeyValue("reason", reason)
                .log("a connection is closed");
    }

    /** How many were silent since the last line, if there shall be one now; else below 0. */
    // The map is shared by all event loops; what is done under the lock takes no time.
    private synchronized long count(Key key) {
        long now = nanoTime.getAsLong();
        Entry entry = find(key, now);
        if (now - entry.loggedNanos < PAUSE_NANOS) {
            entry.silentCount++;
            return -1;
        }
        long silentCount = entry.silentCount;
        entry.loggedNanos = now;
        entry.silentCount = 0;
        return silentCount;
    }

    private Entry find(Key key, long now) {
        Entry known = entries.get(key);
        if (known != null) {
            return known;
        }
        if (entries.size() >= ENTRIES_MAX) {
            entries.values().removeIf(entry -> now - entry.loggedNanos >= PAUSE_NANOS);
        }
        if (entries.size() >= ENTRIES_MAX) {
            return others;
        }
        Entry added = new Entry();
        added.loggedNanos = now - PAUSE_NANOS;
        entries.put(key, added);
        return added;
    }
}
