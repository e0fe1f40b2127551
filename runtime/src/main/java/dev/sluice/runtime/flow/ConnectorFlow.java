package dev.sluice.runtime.flow;

import dev.sluice.api.record.TopicPartition;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a connector and its tasks do at one moment.
 *
 * @param connector the worst of all, and the sum of the lags
 * @param tasks what they do, by index
 * @param lags of a sink, the records that each partition is behind; empty for a source
 */
public record ConnectorFlow(Flow connector, List<Flow> tasks, Map<TopicPartition, Long> lags) {
    /** Copies the collections in. */
    public ConnectorFlow {
        tasks = List.copyOf(tasks);
        lags = Map.copyOf(lags);
    }

    /** Returns what a task does; one that is too new to have been looked at is starting. */
    public Flow task(int index) {
        return index < tasks.size() ? tasks.get(index) : unseen(connector.since());
    }

    static Flow unseen(Instant since) {
        return new Flow(Verdict.STARTING, since, "It is about to start.", "Wait a moment.", null, null, null, null);
    }
}
