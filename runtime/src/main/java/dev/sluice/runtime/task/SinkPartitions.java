package dev.sluice.runtime.task;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.transport.PartitionReader;
import dev.sluice.runtime.transport.Transport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The partitions that a sink task reads, where it stands in each, and what is committed; task thread only. */
final class SinkPartitions {
    private final TaskServices services;
    private final Transport transport;
    private final String group;
    private final Runnable wakeUp;
    private final Map<TopicPartition, PartitionCursor> cursors = new HashMap<>();
    private final Set<TopicPartition> soughtInCall = new HashSet<>();
    private int turn;

    SinkPartitions(TaskServices services, String group, Runnable wakeUp) {
        this.services = services;
        this.transport = services.transport();
        this.group = group;
        this.wakeUp = wakeUp;
    }

    Set<TopicPartition> assignment() {
        return Set.copyOf(cursors.keySet());
    }

    Set<TopicPartition> missingFrom(Set<TopicPartition> wanted) {
        Set<TopicPartition> missing = new HashSet<>(cursors.keySet());
        missing.removeAll(wanted);
        return missing;
    }

    Set<TopicPartition> newIn(Set<TopicPartition> wanted) {
        Set<TopicPartition> come = new HashSet<>(wanted);
        come.removeAll(cursors.keySet());
        return come;
    }

    /** Opens partitions at the group's committed offsets, or at their start. */
    void open(Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> committed = transport.committedOffsets(group);
        for (TopicPartition partition : partitions) {
            PartitionReader reader = transport.reader(partition, wakeUp);
            Long offset = committed.get(partition);
            long start = reader.startOffset();
            long first = offset == null || offset < start || offset > reader.endOffset() ? start : offset;
            cursors.put(partition, new PartitionCursor(partition, reader, first));
        }
    }

    /** Lets go of partitions. */
    void close(Set<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            PartitionCursor cursor = cursors.remove(partition);
            if (cursor != null) {
                cursor.reader().close();
            }
        }
    }

    void close() {
        close(assignment());
    }

    /** Returns the cursors in an order that begins with another one each time, so that none starves. */
    List<PartitionCursor> inTurn() {
        List<PartitionCursor> all = new ArrayList<>(new TreeMap<>(byName()).values());
        if (all.size() > 1) {
            turn = (turn + 1) % all.size();
            Collections.rotate(all, -turn);
        }
        return all;
    }

    private Map<String, PartitionCursor> byName() {
        Map<String, PartitionCursor> named = new HashMap<>();
        cursors.forEach((partition, cursor) -> named.put(partition.toString(), cursor));
        return named;
    }

    /** Begins a call of the task, during which it may seek. */
    void beginCall() {
        soughtInCall.clear();
    }

    void seek(Map<TopicPartition, Long> offsets) {
        offsets.forEach((partition, offset) -> {
            cursor(partition, "seek in").seek(offset);
            soughtInCall.add(partition);
        });
    }

    void setPaused(Collection<TopicPartition> partitions, boolean paused) {
        partitions.forEach(
                partition -> cursor(partition, paused ? "pause" : "resume").setPaused(paused));
    }

    /** Books a batch that was put; where the task went elsewhere meanwhile, its wish stands. */
    void onHandedOver(Map<TopicPartition, Long> nextOffsets) {
        nextOffsets.forEach((partition, offset) -> {
            PartitionCursor cursor = cursors.get(partition);
            if (cursor != null && !soughtInCall.contains(partition)) {
                cursor.onHandedOver(offset);
            }
        });
    }

    boolean hasUncommitted() {
        return cursors.values().stream().anyMatch(cursor -> cursor.uncommitted() != null);
    }

    Map<TopicPartition, Long> uncommitted() {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        cursors.values().forEach(cursor -> {
            Long offset = cursor.uncommitted();
            if (offset != null) {
                offsets.put(cursor.partition(), offset);
            }
        });
        return offsets;
    }

    /** Commits what the task says is safe, but nothing beyond what it was given. Waits, bounded. */
    void commit(Map<TopicPartition, Long> safe, Map<TopicPartition, Long> given)
            throws TaskFailedException, InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        safe.forEach((partition, offset) -> {
            Long last = given.get(partition);
            if (last != null && cursors.containsKey(partition)) {
                offsets.put(partition, Math.min(offset, last));
            }
        });
        if (offsets.isEmpty()) {
            return;
        }
        try {
            transport
                    .commitOffsets(group, offsets)
                    .get(services.limits().flushTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new TaskFailedException(Failure.of(Stage.OFFSETS, "the log", cause));
        }
        offsets.forEach((partition, offset) -> cursor(partition, "commit").onCommitted(offset));
    }

    private PartitionCursor cursor(TopicPartition partition, String verb) {
        PartitionCursor cursor = cursors.get(partition);
        if (cursor == null) {
            throw new ConnectorException("Cannot " + verb + " partition " + partition
                    + ": it is not assigned to this task, which has " + cursors.keySet() + ".");
        }
        return cursor;
    }
}
