package dev.sluice.connector.elasticsearch.bulk;

import dev.sluice.api.error.ConnectorException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Unfinished items that were refused: since when, why, and when that is too much. Belongs to the thread of its writer. */
final class Failing<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Failing.class);
    private static final long TROUBLE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final BulkConfig config;
    /** Those first that were refused first. */
    private final Set<Entry<T>> entries = new LinkedHashSet<>();

    private int requestsInARow;
    private long lastSuccessNanos;
    private boolean isTroubled;

    Failing(BulkConfig config, long nowNanos) {
        this.config = config;
        this.lastSuccessNanos = nowNanos;
    }

    void add(Entry<T> entry, ItemResult result, long nowNanos) {
        entry.onFailure(result, nowNanos);
        entries.add(entry);
    }

    void remove(Entry<T> entry) {
        if (entry.failures > 0) {
            entries.remove(entry);
        }
    }

    /** Learns that a request failed as a whole, and that it was not in flight with one of which this is known. */
    void onFailedRequest() {
        requestsInARow++;
    }

    /** Learns that the cluster took something. */
    void onSuccess(long nowNanos) {
        lastSuccessNanos = nowNanos;
        requestsInARow = 0;
    }

    /** Returns for how long the oldest item is refused; 0 if there is none. */
    long nanos(long nowNanos) {
        Iterator<Entry<T>> oldest = entries.iterator();
        return oldest.hasNext() ? nowNanos - oldest.next().firstFailureNanos : 0;
    }

    /** Returns that the cluster has taken nothing for some seconds, and why; null if all is well or just slow. */
    @Nullable
    Trouble trouble(long nowNanos) {
        long nanos = nanos(nowNanos);
        boolean isTrouble = nanos >= TROUBLE_NANOS && nowNanos - lastSuccessNanos >= TROUBLE_NANOS;
        return isTrouble ? new Trouble(Duration.ofNanos(nanos), message(nanos)) : null;
    }

    private String message(long nanos) {
        ItemResult last = entries.iterator().next().lastFailure;
        return "Cannot write to the cluster since " + TimeUnit.NANOSECONDS.toSeconds(nanos) + " s: "
                + last.wordsAndAdvice();
    }

    /**
     * Checks that nothing was tried for too long or too often.
     *
     * @throws ConnectorException if something was
     */
    void requireWithinBudget(long nowNanos) {
        if (entries.isEmpty()) {
            return;
        }
        long nanos = nanos(nowNanos);
        if (nanos > config.budget().toNanos()) {
            throw new ConnectorException(message(nanos) + " It was tried for flush.timeout.ms ("
                    + config.budget().toMillis() + ").");
        }
        Integer retriesMax = config.retriesMax();
        if (retriesMax != null && requestsInARow > retriesMax) {
            throw new ConnectorException(
                    message(nanos) + " It was tried again max.retries times (" + retriesMax + ").");
        }
    }

    /** Logs the beginning and the end of trouble, once each. */
    void log(long nowNanos) {
        Trouble trouble = trouble(nowNanos);
        if (trouble != null && !isTroubled) {
            LOG.atWarn().log("documents wait: {}", trouble.message());
        } else if (trouble == null && isTroubled) {
            LOG.atInfo().log("the cluster takes documents again");
        }
        isTroubled = trouble != null;
    }
}
