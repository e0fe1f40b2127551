package dev.sluice.runtime.flow;

import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.task.SinkAssignment;
import dev.sluice.runtime.transport.Transport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Measures how far one sink is behind, whether it runs or not: its group's offsets and the ends of its partitions are known
 * without a task. Memory only, but for the age of the oldest record: that is read once per position. Monitor thread.
 */
final class SinkLags {
    private final Transport transport;
    private final AgeReads reads;
    private Map<TopicPartition, Age> ages = Map.of();
    private Map<TopicPartition, Long> lags = Map.of();

    SinkLags(Transport transport, AgeReads reads) {
        this.transport = transport;
        this.reads = reads;
    }

    /** When the record at a position was made, or null if that is not known. */
    private record Age(long position, @Nullable Long millis) {}

    /** Measures each partition; returns the lag of each task, or of all together as if there were one. */
    List<SinkLag> measure(SinkReads sink, int taskCount) {
        int count = Math.max(taskCount, 1);
        List<SinkLag> tasks = new ArrayList<>(Collections.nCopies(count, SinkLag.NONE));
        Map<TopicPartition, Long> committed = transport.committedOffsets(sink.group());
        Map<TopicPartition, Age> newAges = new HashMap<>();
        Map<TopicPartition, Long> newLags = new HashMap<>();
        SinkAssignment.forEach(transport, sink.settings(), count, (partition, task) -> {
            OptionalLong end = transport.endOffset(partition, sink.settings().isolation());
            if (end.isPresent()) {
                long position = position(partition, committed.get(partition), end.getAsLong());
                long lag = end.getAsLong() - position;
                Age age = lag == 0 ? new Age(position, null) : age(partition, position);
                newAges.put(partition, age);
                newLags.put(partition, lag);
                tasks.set(task, tasks.get(task).plus(new SinkLag(lag, age.millis(), position)));
            }
        });
        ages = newAges;
        lags = Map.copyOf(newLags);
        return tasks;
    }

    /** Returns the records that each partition is behind, as of the last measuring. */
    Map<TopicPartition, Long> byPartition() {
        return lags;
    }

    /** A group that committed nothing, or whose place is gone, begins at the start, as its task does. */
    private long position(TopicPartition partition, @Nullable Long committed, long end) {
        long start = transport.startOffset(partition).orElse(0);
        return Math.min(committed == null || committed < start ? start : committed, end);
    }

    private Age age(TopicPartition partition, long position) {
        Age known = ages.get(partition);
        if (known != null && known.position() == position && known.millis() != null) {
            return known;
        }
        if (!reads.take()) { // Older rather than unknown; it comes to its turn in a later round.
            return known == null ? new Age(-1, null) : known;
        }
        OptionalLong millis = transport.timestampAt(partition, position);
        return new Age(position, millis.isPresent() ? millis.getAsLong() : null);
    }
}
