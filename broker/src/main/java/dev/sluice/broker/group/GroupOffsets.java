package dev.sluice.broker.group;

import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.log.ClockTime;
import dev.sluice.broker.log.PartitionLog;
import dev.sluice.broker.log.PartitionLogs;
import dev.sluice.broker.topic.NewTopic;
import dev.sluice.broker.topic.TopicCatalog;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The committed offsets of consumer groups, for this process: a view in memory of the compacted topic
 * {@code __consumer_offsets}, from which it is read at start. Any thread may call.
 *
 * <p>There is one writer of that topic at a time: first this class; from the first request for a group on, Kafka's
 * coordinator, to which commits go then like those of any client. The view follows the log whoever writes, so that both
 * always tell the same. What is committed here never expires, because an idle connector must not lose its place.
 */
public final class GroupOffsets {
    private static final Logger LOG = LoggerFactory.getLogger(GroupOffsets.class);

    private final OffsetsLog log;
    private final OffsetsView view;
    private final Clock clock;
    private final Object writer = new Object();
    /** The last append to each partition; guarded by {@link #writer}. */
    private final CompletableFuture<?>[] lastAppends;
    /** Who writes, where it is not this class; guarded by {@link #writer}. */
    private @Nullable CoordinatorOffsets coordinator;

    private GroupOffsets(OffsetsLog log, OffsetsView view, Clock clock) {
        this.log = log;
        this.view = view;
        this.clock = clock;
        lastAppends = new CompletableFuture<?>[log.partitionCount()];
        Arrays.fill(lastAppends, CompletableFuture.completedFuture(null));
    }

    /**
     * Returns the settings of {@code __consumer_offsets}, by topic name.
     *
     * @param config the settings of the broker
     * @return one topic
     */
    public static Map<String, Map<String, String>> internalTopics(BrokerConfig config) {
        return Map.of(OffsetsLog.TOPIC, topicSettings(config));
    }

    private static Map<String, String> topicSettings(BrokerConfig config) {
        return Map.of(
                "cleanup.policy",
                "compact",
                "compression.type",
                "producer",
                "segment.bytes",
                Integer.toString(config.offsetsSegmentBytes()));
    }

    /**
     * Creates the topic if it is missing, and reads it.
     *
     * @param config the settings of the broker
     * @param topics the topics
     * @param logs the partitions
     * @param clock stamps the commits
     * @return the offsets
     */
    public static GroupOffsets open(BrokerConfig config, TopicCatalog topics, PartitionLogs logs, Clock clock) {
        NewTopic wanted = new NewTopic(OffsetsLog.TOPIC, config.offsetsPartitionCount(), topicSettings(config));
        int partitionCount = topics.createIfMissing(wanted).join().partitionCount();
        OffsetsView view = new OffsetsView();
        OffsetsLog log = new OffsetsLog(logs, partitionCount, view);
        for (int number = 0; number < partitionCount; number++) {
            int partition = number;
            log.scan(partition, batch -> view.replay(partition, batch));
        }
        GroupOffsets offsets = new GroupOffsets(log, view, clock);
        offsets.lowerToEnds(logs);
        return offsets;
    }

    /**
     * Makes the group coordinator that shares these offsets; it starts when it is first asked.
     *
     * @param config the settings of the broker
     * @param topics the topics
     * @param logs the partitions
     * @return the groups
     */
    public KafkaGroups coordinator(BrokerConfig config, TopicCatalog topics, PartitionLogs logs) {
        return new KafkaGroups(new GroupEngine.Parts(config, topics, logs, log, new ClockTime(clock)), this);
    }

    /** Lets the coordinator write from now on; done when nothing of ours is under way any more. */
    CompletableFuture<Void> handOver(CoordinatorOffsets next) {
        synchronized (writer) {
            coordinator = next;
            return CompletableFuture.allOf(lastAppends).handle((done, failure) -> {
                view.comesInOrder();
                return null;
            });
        }
    }

    /** Writes again, because the coordinator could not start. */
    void takeBack() {
        synchronized (writer) {
            view.comesInAnyOrder();
            coordinator = null;
        }
    }

    /**
     * A crash may have cost a partition its end. A group that had read beyond goes on at what is left, before other records
     * take those offsets: else it would pass over them.
     */
    private void lowerToEnds(PartitionLogs logs) {
        for (String group : list()) {
            Map<TopicPartition, Long> lowered = new HashMap<>();
            committed(group)
                    .forEach((partition, offset) -> logs.find(partition)
                            .map(PartitionLog::endOffset)
                            .filter(end -> end < offset)
                            .ifPresent(end -> lowered.put(partition, end)));
            if (!lowered.isEmpty()) {
                LOG.atWarn()
                        .addKeyValue("group", group)
                        .addKeyValue("offsets", lowered)
                        .log("the group had read further than its partitions reach now, and goes on at their ends");
                commit(group, lowered).join();
            }
        }
    }

    /**
     * Commits offsets of a group, all or none.
     *
     * @param group the group
     * @param offsets the offset of the next record to read, by partition; nothing happens where it is empty
     * @return done when the commit is in the log; completes on a thread of the broker. Fails with
     *     {@link dev.sluice.broker.BrokerException.GroupRefused} while clients are members of the group.
     */
    public CompletableFuture<Void> commit(String group, Map<TopicPartition, Long> offsets) {
        if (offsets.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        List<OffsetRecords.Commit> commits = new ArrayList<>();
        offsets.forEach((partition, offset) -> commits.add(new OffsetRecords.Commit(group, partition, offset)));
        return write(group, commits, other -> other.commit(group, offsets));
    }

    /**
     * Removes a group and all its offsets.
     *
     * @param group the group
     * @return done when the removal is in the log. Fails with {@link dev.sluice.broker.BrokerException.GroupRefused} while
     *     clients are members of the group.
     */
    public CompletableFuture<Void> delete(String group) {
        List<OffsetRecords.Commit> removals = new ArrayList<>();
        committed(group).keySet().forEach(partition -> removals.add(new OffsetRecords.Commit(group, partition, null)));
        return write(group, removals, other -> other.delete(group));
    }

    /**
     * Removes offsets of a group.
     *
     * @param group the group
     * @param partitions which; nothing happens for those without an offset
     * @return done when the removal is in the log. Fails with {@link dev.sluice.broker.BrokerException.GroupRefused} while
     *     clients are members of the group.
     */
    public CompletableFuture<Void> forget(String group, Set<TopicPartition> partitions) {
        Set<TopicPartition> known = new HashSet<>(committed(group).keySet());
        known.retainAll(partitions);
        List<OffsetRecords.Commit> removals = known.stream()
                .map(partition -> new OffsetRecords.Commit(group, partition, null))
                .toList();
        return removals.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : write(group, removals, other -> other.forget(group, known));
    }

    /** Looking who writes and queueing the append are one step, or an append could slip in behind the hand-over. */
    private CompletableFuture<Void> write(
            String group,
            List<OffsetRecords.Commit> commits,
            Function<CoordinatorOffsets, CompletableFuture<Void>> byCoordinator) {
        CoordinatorOffsets other;
        synchronized (writer) {
            other = coordinator;
            if (other == null) {
                return append(log.partitionOf(group), commits);
            }
        }
        return byCoordinator.apply(other);
    }

    private CompletableFuture<Void> append(int partition, List<OffsetRecords.Commit> commits) {
        if (commits.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        long now = clock.millis();
        SimpleRecord[] records =
                commits.stream().map(commit -> OffsetRecords.write(commit, now)).toArray(SimpleRecord[]::new);
        CompletableFuture<Void> appended = log.append(partition, MemoryRecords.withRecords(Compression.NONE, records))
                .thenApply(done -> null);
        lastAppends[partition] = appended;
        return appended;
    }

    /**
     * Returns the committed offsets of a group.
     *
     * @param group the group
     * @return offsets by partition; empty for a group that never committed
     */
    public Map<TopicPartition, Long> committed(String group) {
        return view.committed(group);
    }

    /** Returns the names of all groups with committed offsets, sorted. */
    public Set<String> list() {
        return view.groups();
    }
}
