package dev.sluice.runtime.metrics;

import dev.sluice.api.record.TopicPartition;
import java.util.List;
import java.util.stream.Stream;

/** A partition that a sink task reads. */
record PartitionSubject(TaskSubject task, TopicPartition partition, long lag) implements Subject {
    @Override
    public List<String> labels() {
        List<String> of = task.labels();
        return List.of(of.get(0), of.get(1), partition.topic(), Integer.toString(partition.partition()));
    }

    static Stream<PartitionSubject> of(TaskSubject task) {
        return task.lags().map(lag -> new PartitionSubject(task, lag.getKey(), lag.getValue()));
    }
}
