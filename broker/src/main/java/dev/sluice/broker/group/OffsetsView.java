package dev.sluice.broker.group;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The committed offsets in memory: what the records of {@code __consumer_offsets} amount to. Offsets that were committed
 * in a transaction count when its marker says so. Any thread may look; each partition is replayed in the order of its log,
 * except for single commits that overtake each other on their way back from the log thread.
 */
final class OffsetsView {
    private static final Logger LOG = LoggerFactory.getLogger(OffsetsView.class);
    private static final Comparator<TopicPartition> BY_NAME =
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

    private final ConcurrentMap<String, Map<TopicPartition, Entry>> groups = new ConcurrentHashMap<>();
    private final ConcurrentMap<Transaction, List<Entry>> transactions = new ConcurrentHashMap<>();
    private volatile boolean isInOrder;

    /** A removed offset stays as an entry, so that an older commit that comes late cannot bring it back. */
    private record Entry(OffsetRecords.Commit commit, long recordOffset) {}

    private record Transaction(int partition, long producerId) {}

    void replay(int partition, RecordBatch batch) {
        if (batch.isControlBatch()) {
            end(partition, batch);
            return;
        }
        List<Entry> entries = new ArrayList<>();
        batch.forEach(record -> read(partition, record, entries));
        if (batch.isTransactional()) {
            transactions
                    .computeIfAbsent(new Transaction(partition, batch.producerId()), unused -> new ArrayList<>())
                    .addAll(entries);
        } else {
            apply(entries);
        }
    }

    private void end(int partition, RecordBatch marker) {
        List<Entry> entries = transactions.remove(new Transaction(partition, marker.producerId()));
        boolean isCommitted = ControlRecordType.parse(marker.iterator().next().key()) == ControlRecordType.COMMIT;
        if (entries != null && isCommitted) {
            apply(entries);
        }
    }

    private static void read(int partition, Record record, List<Entry> entries) {
        try {
            OffsetRecords.read(record).ifPresent(commit -> entries.add(new Entry(commit, record.offset())));
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .setCause(e)
                    .addKeyValue("topic", OffsetsLog.TOPIC)
                    .addKeyValue("partition", partition)
                    .addKeyValue("offset", record.offset())
                    .log("a record of the group offsets cannot be read and is passed over");
        }
    }

    private void apply(List<Entry> entries) {
        Map<String, List<Entry>> byGroup = new HashMap<>();
        entries.forEach(entry -> byGroup.computeIfAbsent(entry.commit.group(), unused -> new ArrayList<>())
                .add(entry));
        byGroup.forEach((group, changes) -> groups.compute(group, (name, known) -> merge(known, changes)));
    }

    private @Nullable Map<TopicPartition, Entry> merge(
            @Nullable Map<TopicPartition, Entry> known, List<Entry> changes) {
        Map<TopicPartition, Entry> merged = new TreeMap<>(BY_NAME);
        if (known != null) {
            merged.putAll(known);
        }
        changes.forEach(entry -> merged.merge(
                entry.commit.partition(), entry, (old, fresh) -> fresh.recordOffset > old.recordOffset ? fresh : old));
        if (isInOrder) {
            merged.values().removeIf(entry -> entry.commit.offset() == null);
        }
        return merged.isEmpty() ? null : merged;
    }

    /** From now on all commits come in the order of the log: removed offsets need not be remembered any more. */
    void comesInOrder() {
        isInOrder = true;
        groups.keySet().forEach(group -> groups.computeIfPresent(group, (name, known) -> merge(known, List.of())));
    }

    /** From now on commits may overtake each other. */
    void comesInAnyOrder() {
        isInOrder = false;
    }

    Map<TopicPartition, Long> committed(String group) {
        Map<TopicPartition, Long> offsets = new TreeMap<>(BY_NAME);
        groups.getOrDefault(group, Map.of()).forEach((partition, entry) -> {
            Long offset = entry.commit.offset();
            if (offset != null) {
                offsets.put(partition, offset);
            }
        });
        return offsets;
    }

    /** The names of all groups with committed offsets, sorted. */
    Set<String> groups() {
        Set<String> names = new TreeSet<>(groups.keySet());
        names.removeIf(group -> committed(group).isEmpty());
        return names;
    }
}
