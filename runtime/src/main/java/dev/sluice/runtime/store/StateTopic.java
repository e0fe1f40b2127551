package dev.sluice.runtime.store;

import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.transport.Isolation;
import dev.sluice.runtime.transport.LogRecord;
import dev.sluice.runtime.transport.PartitionBatch;
import dev.sluice.runtime.transport.PartitionReader;
import dev.sluice.runtime.transport.RawRecord;
import dev.sluice.runtime.transport.ReadBatch;
import dev.sluice.runtime.transport.TopicSettings;
import dev.sluice.runtime.transport.Transport;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A compacted topic as a map. The log is the truth, memory a view of it: a value is seen by readers only once it is in
 * the log. Reading asks no one and may be done from any thread; writes of one key must come from one thread at a time.
 */
final class StateTopic<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(StateTopic.class);
    private static final int READ_RECORDS_MAX = 10_000;
    private static final int READ_BYTES_MAX = 1 << 20;

    private final Transport transport;
    private final TopicPartition partition;
    private final StateCodec<K, V> codec;
    private final Clock clock;
    private final Map<K, V> view = new ConcurrentHashMap<>();

    private StateTopic(Transport transport, String topic, StateCodec<K, V> codec, Clock clock) {
        this.transport = transport;
        this.partition = new TopicPartition(topic, 0);
        this.codec = codec;
        this.clock = clock;
    }

    /** Creates the topic if it is missing, and reads it from start to end. Blocks. */
    static <K, V> StateTopic<K, V> open(Transport transport, String topic, StateCodec<K, V> codec, Clock clock) {
        transport.createTopic(topic, TopicSettings.COMPACTED);
        StateTopic<K, V> state = new StateTopic<>(transport, topic, codec, clock);
        try (PartitionReader reader = transport
                .reader(state.partition, Isolation.READ_COMMITTED, () -> {})
                .orElseThrow(() -> new IllegalStateException("topic " + topic + " vanished after it was created"))) {
            state.replay(reader);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading " + topic, interrupted);
        }
        return state;
    }

    /** Returns the value of a key, or null. */
    @Nullable
    V get(K key) {
        return view.get(key);
    }

    /** Returns all entries as they are now. */
    Map<K, V> snapshot() {
        return Map.copyOf(view);
    }

    /** Writes one entry, or removes it for null; completes when it is in the log and in the view. */
    CompletableFuture<Void> put(K key, @Nullable V value) {
        return put(List.of(new Entry<>(key, value)));
    }

    /** Writes entries in order, in one batch; completes when all are in the log and in the view. */
    CompletableFuture<Void> put(List<Entry<K, V>> entries) {
        return transport.append(List.of(batch(entries))).thenRun(() -> apply(entries));
    }

    /** Returns the batch that stands for entries; whoever gets it into the log must {@link #apply} them then. */
    PartitionBatch batch(List<Entry<K, V>> entries) {
        long now = clock.millis();
        List<RawRecord> records = entries.stream()
                .map(entry -> new RawRecord(codec.keyBytes(entry.key()), valueBytes(entry.value()), List.of(), now))
                .toList();
        return new PartitionBatch(partition, records);
    }

    /** Lets readers see entries that are in the log. */
    void apply(List<Entry<K, V>> entries) {
        entries.forEach(entry -> apply(entry.key(), entry.value()));
    }

    /** One change: a new value, or null to remove the key. */
    record Entry<K, V>(K key, @Nullable V value) {}

    private byte @Nullable [] valueBytes(@Nullable V value) {
        return value == null ? null : codec.valueBytes(value);
    }

    private void replay(PartitionReader reader) throws InterruptedException {
        long offset = reader.startOffset();
        while (offset < reader.endOffset()) {
            ReadBatch batch = reader.read(offset, READ_RECORDS_MAX, READ_BYTES_MAX);
            batch.records().forEach(this::replay);
            offset = batch.nextOffset();
        }
    }

    private void replay(LogRecord record) {
        byte[] key = record.key();
        if (key == null) {
            return;
        }
        try {
            byte[] value = record.value();
            apply(codec.key(key), value == null ? null : codec.value(value));
        } catch (IOException foreign) {
            LOG.atWarn()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("error", foreign.getMessage())
                    .log("skips a record of an internal topic that it does not understand");
        }
    }

    private void apply(K key, @Nullable V value) {
        if (value == null) {
            view.remove(key);
        } else {
            view.put(key, value);
        }
    }
}
