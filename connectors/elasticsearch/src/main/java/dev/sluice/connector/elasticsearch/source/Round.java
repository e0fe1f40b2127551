package dev.sluice.connector.elasticsearch.source;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The shards that have something new, read one after the other. */
final class Round {
    private final Deque<ShardReader> waiting;

    Round(Collection<ShardReader> readers) {
        this.waiting = new ArrayDeque<>(readers);
    }

    /** Returns the reader whose turn it is, or null if all are done. */
    @Nullable
    ShardReader current() {
        while (!waiting.isEmpty() && waiting.peek().isDone()) {
            waiting.remove();
        }
        return waiting.peek();
    }
}
