package dev.sluice.runtime.task;

import dev.sluice.runtime.config.ConnectorConfig;
import dev.sluice.runtime.transport.Transport;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Wakes a sink task when its topics may have changed, so that an idle one need not look again and again. Any thread. */
final class TopicWatch implements AutoCloseable {
    private final Transport transport;
    private final List<String> topics;
    private final Runnable wakeUp;
    private final AtomicBoolean isChanged = new AtomicBoolean();
    private final Transport.TopicListening listening;
    /** Belongs to the thread that tells of changes. */
    private @Nullable List<Integer> partitionCounts;

    TopicWatch(Transport transport, ConnectorConfig settings, Runnable wakeUp) {
        this.transport = transport;
        this.topics = settings.topics();
        this.wakeUp = wakeUp;
        this.listening = transport.onTopicsChanged(this::look);
    }

    /** A pattern may match whatever came; a list of topics is looked at, so that others wake nobody. */
    private void look() {
        List<Integer> now = topics.stream().map(transport::partitionCount).toList();
        if (topics.isEmpty() || !now.equals(partitionCounts)) {
            partitionCounts = now;
            isChanged.set(true);
            wakeUp.run();
        }
    }

    /** Returns whether something may have changed since the last time that this was asked. */
    boolean takeChange() {
        return isChanged.getAndSet(false);
    }

    @Override
    public void close() {
        listening.close();
    }
}
