package dev.sluice.runtime.store;

import dev.sluice.api.record.SourcePosition;
import dev.sluice.runtime.transport.PartitionBatch;
import dev.sluice.runtime.transport.Transport;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The offsets of all source connectors: {@code ["connector", {partition}]} to {@code {offset}} in a compacted topic. */
public final class OffsetStore {
    private final StateTopic<SourcePartition, Map<String, @Nullable Object>> topic;

    private OffsetStore(StateTopic<SourcePartition, Map<String, @Nullable Object>> topic) {
        this.topic = topic;
    }

    /** Reads the topic, creating it if it is missing. Blocks. */
    public static OffsetStore open(Transport transport, String topic, Clock clock) {
        return new OffsetStore(StateTopic.open(transport, topic, new Codec(), clock));
    }

    /** Stores positions of a connector in one batch; completes when they are in the log. */
    public CompletableFuture<Void> put(String connector, List<SourcePosition> positions) {
        return topic.put(entries(connector, positions));
    }

    /** Sets offsets of a connector, or forgets them where they are null, in one batch; completes when that is in the log. */
    public CompletableFuture<Void> change(
            String connector, Map<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> offsets) {
        List<StateTopic.Entry<SourcePartition, Map<String, @Nullable Object>>> entries = new ArrayList<>();
        offsets.forEach((partition, offset) -> entries.add(new StateTopic.Entry<>(
                SourcePartition.of(connector, partition), offset == null ? null : SourcePartition.normalized(offset))));
        return entries.isEmpty() ? CompletableFuture.completedFuture(null) : topic.put(entries);
    }

    /**
     * Prepares positions for a transaction that also holds the records which they stand for.
     *
     * @return the batch to append, and what makes the positions visible here once it is committed
     */
    public Prepared prepare(String connector, List<SourcePosition> positions) {
        List<StateTopic.Entry<SourcePartition, Map<String, @Nullable Object>>> entries = entries(connector, positions);
        return new Prepared(topic.batch(entries), () -> topic.apply(entries));
    }

    /**
     * Positions that are not stored yet.
     *
     * @param batch for the transaction
     * @param onCommitted to be run once the transaction is committed
     */
    public record Prepared(PartitionBatch batch, Runnable onCommitted) {}

    private static List<StateTopic.Entry<SourcePartition, Map<String, @Nullable Object>>> entries(
            String connector, List<SourcePosition> positions) {
        return positions.stream()
                .map(position -> new StateTopic.Entry<SourcePartition, Map<String, @Nullable Object>>(
                        SourcePartition.of(connector, position.partition()),
                        SourcePartition.normalized(position.offset())))
                .toList();
    }

    /** Returns the stored offset of a source partition, or null. */
    public @Nullable Map<String, @Nullable Object> offset(
            String connector, Map<String, ? extends @Nullable Object> partition) {
        return topic.get(SourcePartition.of(connector, partition));
    }

    /** Returns all stored offsets of a connector by source partition. */
    public Map<Map<String, @Nullable Object>, Map<String, @Nullable Object>> offsets(String connector) {
        Map<Map<String, @Nullable Object>, Map<String, @Nullable Object>> found = new HashMap<>();
        topic.snapshot().forEach((key, offset) -> {
            if (key.connector().equals(connector)) {
                found.put(key.partition(), offset);
            }
        });
        return found;
    }

    /** Keys are sorted JSON, so that equal partitions have equal bytes whatever map a plugin used. */
    private static final class Codec implements StateCodec<SourcePartition, Map<String, @Nullable Object>> {
        @Override
        public byte[] keyBytes(SourcePartition key) {
            return Json.sortedBytes(List.of(key.connector(), key.partition()));
        }

        @Override
        public byte[] valueBytes(Map<String, @Nullable Object> value) {
            return Json.bytes(value);
        }

        @Override
        @SuppressWarnings("unchecked") // JSON objects have string keys.
        public SourcePartition key(byte[] bytes) throws IOException {
            if (Json.value(bytes) instanceof List<?> pair
                    && pair.size() == 2
                    && pair.get(0) instanceof String connector
                    && pair.get(1) instanceof Map<?, ?> partition) {
                return new SourcePartition(connector, (Map<String, @Nullable Object>) partition);
            }
            throw new IOException("expected the key [connector, {partition}]");
        }

        @Override
        public Map<String, @Nullable Object> value(byte[] bytes) throws IOException {
            return Json.map(bytes);
        }
    }
}
