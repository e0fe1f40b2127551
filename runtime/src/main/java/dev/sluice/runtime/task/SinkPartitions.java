package dev.sluice.runtime.task;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.config.ConnectorConfig;
import dev.sluice.runtime.config.ReadingStart;
import dev.sluice.runtime.transport.Isolation;
import dev.sluice.runtime.transport.LogRecord;
import dev.sluice.runtime.transport.PartitionReader;
import dev.sluice.runtime.transport.Transport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The partitions that a sink task reads, where it stands in each, and what is committed; task thread only, but for {@link #positions}. */
final class SinkPartitions {
    private final TaskServices services;
    private final Transport transport;
    private final String group;
    private final Isolation isolation;
    private final ReadingStart start;
    private final TopicTracking topics;
    private final Runnable wakeUp;
    private final Map<TopicPartition, PartitionCursor> cursors = new ConcurrentHashMap<>();
    private final Set<TopicPartition> soughtInCall = new HashSet<>();
    /** The cursors by name, rotated by one at each reading. */
    private final List<PartitionCursor> order = new ArrayList<>();

    SinkPartitions(TaskServices services, ConnectorConfig settings, TopicTracking topics, Runnable wakeUp) {
        this.services = services;
        this.transport = services.transport();
        this.group = settings.sinkGroup();
        this.isolation = settings.isolation();
        this.start = settings.readingStart();
        this.topics = topics;
        this.wakeUp = wakeUp;
    }

    Set<TopicPartition> assignment() {
        return Set.copyOf(cursors.keySet());
    }

    /** Returns the offset to read next of each; any thread. */
    Map<TopicPartition, Long> positions() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        cursors.forEach((partition, cursor) -> positions.put(partition, cursor.nextOffset()));
        return positions;
    }

    Isolation isolation() {
        return isolation;
    }

    boolean isEmpty() {
        return cursors.isEmpty();
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

    /** Returns the partitions whose topic was deleted, also where there is a new one of that name already. */
    Set<TopicPartition> deleted() {
        Set<TopicPartition> deleted = new HashSet<>();
        cursors.forEach((partition, cursor) -> {
            if (cursor.reader().isDeleted()) {
                deleted.add(partition);
            }
        });
        return deleted;
    }

    /**
     * Opens partitions at the group's committed offsets, or where the settings say. One whose topic is just being deleted is left
     * out; the end of the deletion settles it.
     *
     * @return those that are open now
     */
    Set<TopicPartition> open(Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> committed = transport.committedOffsets(group);
        Set<TopicPartition> opened = new HashSet<>();
        for (TopicPartition partition : partitions) {
            Optional<PartitionReader> found = transport.reader(partition, isolation, wakeUp);
            if (found.isPresent()) {
                PartitionReader reader = found.get();
                long first = first(partition, reader, committed.get(partition));
                cursors.put(partition, new PartitionCursor(partition, reader, first));
                opened.add(partition);
            }
        }
        sort();
        return opened;
    }

    private long first(TopicPartition partition, PartitionReader reader, @Nullable Long committed) {
        if (committed != null && committed >= reader.startOffset() && committed <= reader.logEndOffset()) {
            return committed;
        }
        return switch (start) {
            case EARLIEST -> reader.startOffset();
            case LATEST -> reader.endOffset();
            case NONE -> {
                reader.close();
                throw new ConnectorException("Cannot read " + partition + ": "
                        + (committed == null
                                ? "nothing is committed"
                                : "the committed offset " + committed + " is not there")
                        + ", and auto.offset.reset=none asks for no other place. Set"
                        + " consumer.override.auto.offset.reset, or the offset by PATCH /connectors/…/offsets.");
            }
        };
    }

    private void sort() {
        order.clear();
        order.addAll(cursors.values());
        order.sort(Comparator.comparing(cursor -> cursor.partition().toString()));
    }

    /** Lets go of partitions. */
    void close(Set<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            PartitionCursor cursor = cursors.remove(partition);
            if (cursor != null) {
                cursor.reader().close();
            }
        }
        sort();
    }

    void close() {
        close(assignment());
    }

    /** Returns the cursors in an order that begins with another one each time, so that none starves. */
    List<PartitionCursor> inTurn() {
        Collections.rotate(order, -1);
        return order;
    }

    /** Returns a record that was read before, or null where the log has it no more. Rare, so by a reader of its own. */
    @Nullable
    LogRecord readAgain(RecordCoordinates place) {
        Optional<PartitionReader> found = transport.reader(place.partition(), isolation, () -> {});
        if (found.isEmpty()) {
            return null;
        }
        try (PartitionReader reader = found.get()) {
            List<LogRecord> records = reader.read(place.offset(), 1, 1).records();
            return records.isEmpty() || records.get(0).offset() != place.offset() ? null : records.get(0);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ConnectorException(
                    "Cannot read the record " + place + " again: the task is stopped.", interrupted);
        }
    }

    /** Returns about how many bytes the readers keep for the next reading. */
    long bufferedBytes() {
        long bytes = 0;
        for (PartitionCursor cursor : order) {
            bytes += cursor.reader().bufferedBytes();
        }
        return bytes;
    }

    /** Lets go of these. */
    void dropBuffers() {
        order.forEach(cursor -> cursor.reader().dropBuffer());
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
            topics.onUsed(partition.topic());
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

    /**
     * Commits what the task says is safe, but nothing beyond what it was given. Waits, bounded.
     *
     * @return false if the answer did not come in time; the same is then to be committed again later
     */
    boolean commit(Map<TopicPartition, Long> safe, Map<TopicPartition, Long> given)
            throws TaskFailedException, InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        safe.forEach((partition, offset) -> {
            Long last = given.get(partition);
            if (last != null && cursors.containsKey(partition)) {
                offsets.put(partition, Math.min(offset, last));
            }
        });
        if (offsets.isEmpty()) {
            return true;
        }
        if (!commit(offsets)) {
            return false;
        }
        offsets.forEach((partition, offset) -> cursor(partition, "commit").onCommitted(offset));
        return true;
    }

    /** Lets a deleted topic's offsets begin anew, so that a new topic of that name is read from its start. */
    boolean forget(Set<TopicPartition> deleted) throws TaskFailedException, InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        Map<TopicPartition, Long> committed = transport.committedOffsets(group);
        deleted.stream().filter(committed::containsKey).forEach(partition -> offsets.put(partition, 0L));
        return offsets.isEmpty() || commit(offsets);
    }

    private boolean commit(Map<TopicPartition, Long> offsets) throws TaskFailedException, InterruptedException {
        try {
            transport
                    .commitOffsets(group, offsets)
                    .get(services.limits().flushTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException slow) {
            return false;
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new TaskFailedException(Failure.of(Stage.OFFSETS, "the log", cause));
        }
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
