package dev.sluice.plugin.standard.provider;

import dev.sluice.api.config.ConfigData;
import dev.sluice.api.config.ConfigProvider.ChangeListener;
import dev.sluice.api.config.ConfigProvider.Subscription;
import dev.sluice.api.error.ConnectorException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at subscribed values again and again, and tells listeners what changed.
 *
 * <p>It compares contents, not file events or times: files renamed over the old ones, turned symbolic links, network
 * disks and clocks that jump all look the same then. A new value is told when two looks in a row found it, so that a file
 * that is half written is not; a file that is gone or cannot be read for a while keeps its last values.
 *
 * <p>A thread of its own, because the API promises calls on a thread of the provider, and reading may hang with a network
 * disk. It is a daemon, starts with the first subscription and ends with the provider; it alone touches what was seen.
 */
final class Watch implements AutoCloseable {
    static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final Lookup lookup;
    private final Duration interval;
    private final List<Watched> all = new CopyOnWriteArrayList<>();
    private @Nullable Thread thread;
    private volatile boolean isClosed;

    /** Reads the values of some keys. */
    interface Lookup {
        ConfigData get(String path, Set<String> keys);
    }

    Watch(Lookup lookup, Duration interval) {
        this.lookup = lookup;
        this.interval = interval;
    }

    /** Starts with the values of now; what cannot be read now is told once it can be. */
    Subscription add(String path, Set<String> keys, ChangeListener listener) {
        Watched watched = new Watched(path, Set.copyOf(keys), listener);
        watched.told = read(watched);
        watched.seen = watched.told;
        all.add(watched);
        start();
        return () -> {
            watched.isEnded = true;
            all.remove(watched);
        };
    }

    private synchronized void start() {
        if (thread == null && !isClosed) {
            thread = new Thread(this::run, "config-provider-watch");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        while (!isClosed) {
            LockSupport.parkNanos(this, interval.toNanos());
            for (Watched watched : all) {
                if (!isClosed && !watched.isEnded) {
                    look(watched);
                }
            }
        }
    }

    private void look(Watched watched) {
        Map<String, String> now = read(watched);
        boolean isStable = now != null && now.equals(watched.seen);
        watched.seen = now;
        if (isStable && now != null && !now.equals(watched.told) && !watched.isEnded) {
            watched.told = now;
            tell(watched, now);
        }
    }

    private @Nullable Map<String, String> read(Watched watched) {
        try {
            Map<String, String> values = lookup.get(watched.path, watched.keys).data();
            watched.isFailing = false;
            return values;
        } catch (ConnectorException e) {
            if (!watched.isFailing) {
                watched.isFailing = true;
                LOG.atWarn()
                        .addKeyValue("error", e.getMessage())
                        .log("watched settings cannot be read, last values hold");
            }
            return null;
        }
    }

    private static void tell(Watched watched, Map<String, String> values) {
        try {
            watched.listener.onChange(watched.path, ConfigData.of(values));
        } catch (RuntimeException e) {
            // Only the class: the message of a listener might quote a value.
            LOG.atError()
                    .addKeyValue("path", watched.path)
                    .addKeyValue("error", e.getClass().getName())
                    .log("listener of changed settings failed");
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        all.forEach(watched -> watched.isEnded = true);
        all.clear();
        LockSupport.unpark(thread);
    }

    /** One subscription; all but the end belongs to the watching thread. */
    private static final class Watched {
        private final String path;
        private final Set<String> keys;
        private final ChangeListener listener;
        private volatile boolean isEnded;
        private boolean isFailing;
        private @Nullable Map<String, String> told;
        private @Nullable Map<String, String> seen;

        Watched(String path, Set<String> keys, ChangeListener listener) {
            this.path = path;
            this.keys = keys;
            this.listener = listener;
        }
    }
}
