package dev.sluice.runtime.flow;

import dev.sluice.api.record.TopicPartition;
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
}
