package dev.sluice.runtime.metrics;

import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.control.ConnectorView;
import dev.sluice.runtime.task.TaskCounters;
import dev.sluice.runtime.task.TaskId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What metrics are read from; any thread. All answers are cheap and come from memory. */
interface Readings {
    /** Returns the worker itself. */
    WorkerFacts worker();

    /** Returns the connectors as they are now. */
    List<ConnectorView> connectors();

    /** Returns one connector as it is now. */
    Optional<ConnectorView> connector(String name);

    /** Returns what a task counts; empty for one that was not started. */
    Optional<TaskCounters> counters(TaskId task);

    /** Returns how many records a sink is behind in each partition; empty for a source, and as long as nobody has looked. */
    Map<TopicPartition, Long> lags(String connector);
}
