package dev.sluice.runtime.store;

import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which topics each connector used since it was made, or since that was reset: one record of the status topic each. Any
 * thread.
 */
public final class ActiveTopics {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveTopics.class);

    private final StatusStore statuses;
    private final Clock clock;
    private final boolean isEnabled;
    private final AtomicLong resets = new AtomicLong();
    /** Being written, so that no key is written by two threads at once; bounded by the topics of all connectors. */
    private final Set<String> pending = ConcurrentHashMap.newKeySet();

    /**
     * Keeps the topics in the status topic.
     *
     * @param isEnabled false notes nothing ({@code topic.tracking.enable})
     */
    public ActiveTopics(StatusStore statuses, Clock clock, boolean isEnabled) {
        this.statuses = statuses;
        this.clock = clock;
        this.isEnabled = isEnabled;
    }

    /** Returns whether topics are noted at all. */
    public boolean isEnabled() {
        return isEnabled;
    }

    /** Returns a number that grows with each reset, for those who remember what they noted already. */
    public long resets() {
        return resets.get();
    }

    /** Notes that a task used a topic; returns at once. What cannot be written is noted at the next use after a reset. */
    public void onUsed(String connector, int task, String topic) {
        String key = connector + ":" + topic; // A topic's name has no colon.
        if (!isEnabled || statuses.hasTopic(connector, topic) || !pending.add(key)) {
            return;
        }
        CompletableFuture<Void> unused = statuses.putTopic(connector, task, topic, clock.millis())
                .whenComplete((done, refused) -> {
                    pending.remove(key);
                    if (refused != null) {
                        LOG.atWarn()
                                .addKeyValue("connector", connector)
                                .addKeyValue("topic", topic)
                                .addKeyValue("error", String.valueOf(refused))
                                .log("cannot note that the connector uses the topic");
                    }
                });
    }

    /** Returns the topics that a connector used, sorted. */
    public Set<String> of(String connector) {
        return statuses.topics(connector);
    }

    /** Forgets the topics that a connector used; those that it still uses come back by themselves. */
    public CompletableFuture<Void> reset(String connector) {
        return statuses.removeTopics(connector).thenRun(resets::incrementAndGet);
    }
}
