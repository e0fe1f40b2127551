package dev.sluice.broker.group;

import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.BrokerException;
import dev.sluice.broker.log.Appended;
import dev.sluice.broker.log.Fetched;
import dev.sluice.broker.log.PartitionLog;
import dev.sluice.broker.log.PartitionLogs;
import dev.sluice.broker.topic.NewTopic;
import dev.sluice.broker.topic.TopicCatalog;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The committed offsets of consumer groups: a map in memory over the compacted topic {@code __consumer_offsets}, from
 * which it is read at start. Any thread may call.
 */
public final class GroupOffsets {
    private static final Logger LOG = LoggerFactory.getLogger(GroupOffsets.class);
    private static final String TOPIC = "__consumer_offsets";
    private static final int READ_BYTES = 1 << 20;
    private static final Comparator<TopicPartition> BY_NAME =
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

    private final PartitionLogs logs;
    private final Clock clock;
    private final int partitionCount;
    private final ConcurrentMap<String, Map<TopicPartition, Entry>> groups = new ConcurrentHashMap<>();

    /** A removed offset stays as an entry, so that an older commit that comes late cannot bring it back. */
    private record Entry(OffsetRecords.Commit commit, long recordOffset) {}

    private GroupOffsets(PartitionLogs logs, Clock clock, int partitionCount) {
        this.logs = logs;
        this.clock = clock;
        this.partitionCount = partitionCount;
    }

    /**
     * Returns the settings of {@code __consumer_offsets}, by topic name.
     *
     * @param config the settings of the broker
     * @return one topic
     */
    public static Map<String, Map<String, String>> internalTopics(BrokerConfig config) {
        return Map.of(TOPIC, topicSettings(config));
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
        NewTopic wanted = new NewTopic(TOPIC, config.offsetsPartitionCount(), topicSettings(config));
        int partitionCount = topics.createIfMissing(wanted).join().partitionCount();
        GroupOffsets offsets = new GroupOffsets(logs, clock, partitionCount);
        for (int number = 0; number < partitionCount; number++) {
            offsets.replay(offsets.log(number));
        }
        offsets.lowerToEnds();
        return offsets;
    }

    private PartitionLog log(int number) {
        TopicPartition partition = new TopicPartition(TOPIC, number);
        return logs.find(partition)
                .orElseThrow(() -> new BrokerException.UnknownPartition("Cannot use consumer groups: partition "
                        + partition + " is missing. It was deleted; restart to create it again."));
    }

    private void replay(PartitionLog log) {
        long offset = log.startOffset();
        while (offset < log.endOffset()) {
            Fetched fetched = log.read(offset, READ_BYTES);
            if (fetched.isEmpty()) {
                return; // what is left was cleaned away
            }
            for (var batch : fetched.records().batches()) {
                if (!batch.isControlBatch()) {
                    batch.forEach(record -> replay(log.partition(), record));
                }
                offset = batch.nextOffset();
            }
        }
    }

    private void replay(TopicPartition partition, Record record) {
        try {
            OffsetRecords.read(record).ifPresent(commit -> apply(commit, record.offset()));
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .setCause(e)
                    .addKeyValue("topic", TOPIC)
                    .addKeyValue("partition", partition.partition())
                    .addKeyValue("offset", record.offset())
                    .log("a record of the group offsets cannot be read and is passed over");
        }
    }

    /**
     * A crash may have cost a partition its end. A group that had read beyond goes on at what is left, before other records
     * take those offsets: else it would pass over them.
     */
    private void lowerToEnds() {
        for (String group : list()) {
            Map<TopicPartition, Long> lowered = new TreeMap<>(BY_NAME);
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

    private void apply(OffsetRecords.Commit commit, long recordOffset) {
        Entry entry = new Entry(commit, recordOffset);
        groups.compute(commit.group(), (group, known) -> {
            Map<TopicPartition, Entry> changed = new TreeMap<>(BY_NAME);
            if (known != null) {
                changed.putAll(known);
            }
            changed.merge(
                    commit.partition(), entry, (old, fresh) -> fresh.recordOffset > old.recordOffset ? fresh : old);
            return changed;
        });
    }

    /**
     * Commits offsets of a group, all or none.
     *
     * @param group the group
     * @param offsets the offset of the next record to read, by partition; nothing happens where it is empty
     * @return done when the commit is in the log; completes on the log thread
     */
    public CompletableFuture<Void> commit(String group, Map<TopicPartition, Long> offsets) {
        List<OffsetRecords.Commit> commits = new ArrayList<>();
        offsets.forEach((partition, offset) -> commits.add(new OffsetRecords.Commit(group, partition, offset)));
        return write(group, commits);
    }

    /**
     * Removes all offsets of a group.
     *
     * @param group the group
     * @return done when the removal is in the log
     */
    public CompletableFuture<Void> delete(String group) {
        List<OffsetRecords.Commit> removals = new ArrayList<>();
        committed(group).keySet().forEach(partition -> removals.add(new OffsetRecords.Commit(group, partition, null)));
        return write(group, removals);
    }

    private CompletableFuture<Void> write(String group, List<OffsetRecords.Commit> commits) {
        if (commits.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        long now = clock.millis();
        SimpleRecord[] records =
                commits.stream().map(commit -> OffsetRecords.write(commit, now)).toArray(SimpleRecord[]::new);
        return log(partitionOf(group))
                .append(MemoryRecords.withRecords(Compression.NONE, records))
                .thenAccept(appended -> applyAll(commits, appended));
    }

    private void applyAll(List<OffsetRecords.Commit> commits, Appended appended) {
        long recordOffset = appended.baseOffset();
        for (OffsetRecords.Commit commit : commits) {
            apply(commit, recordOffset);
            recordOffset++;
        }
    }

    /** Kafka's rule, so that its coordinator finds each group where it looks. */
    private int partitionOf(String group) {
        return (group.hashCode() & Integer.MAX_VALUE) % partitionCount;
    }

    /**
     * Returns the committed offsets of a group.
     *
     * @param group the group
     * @return offsets by partition; empty for a group that never committed
     */
    public Map<TopicPartition, Long> committed(String group) {
        Map<TopicPartition, Long> offsets = new TreeMap<>(BY_NAME);
        groups.getOrDefault(group, Map.of()).forEach((partition, entry) -> {
            Long offset = entry.commit.offset();
            if (offset != null) {
                offsets.put(partition, offset);
            }
        });
        return offsets;
    }

    /** Returns the names of all groups with committed offsets, sorted. */
    public Set<String> list() {
        Set<String> names = new TreeSet<>(groups.keySet());
        names.removeIf(group -> committed(group).isEmpty());
        return names;
    }
}
