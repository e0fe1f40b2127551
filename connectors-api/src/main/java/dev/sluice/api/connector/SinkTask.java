package dev.sluice.api.connector;

import dev.sluice.api.config.Config;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes records to the outside.
 *
 * <p>Records of a partition arrive in order. The runtime commits an offset only when {@link #flush} returned it, so after a
 * crash records come again from the last such offset: at least once, unless the task itself makes repeats harmless.
 */
public non-sealed interface SinkTask extends Task {
    /**
     * Starts the task; the first call.
     *
     * @param config the task's settings, checked against the connector's task spec
     */
    void start(SinkTaskContext context, Config config);

    /** Learns that these partitions will be read from now on; before the first record of them. */
    default void open(Collection<TopicPartition> partitions) {}

    /**
     * Takes records, which need not be written out before {@link #flush}. May be called with an empty list, to let the task
     * act on time.
     *
     * @param records immutable, in order per partition
     * @throws dev.sluice.api.error.RetriableException to get the same batch again, with back-off and a limit
     * @throws dev.sluice.api.error.DataException if a record cannot be written and the task did not report it itself
     */
    void put(List<SinkRecord> records);

    /**
     * Makes durable what was put, and says how far.
     *
     * @param offsets per partition the offset after the last record that was put
     * @return per partition the offset that may be committed: all records below it are safe outside. Usually the given
     *     offsets; a task that writes in the background may return smaller ones or leave partitions out
     */
    Map<TopicPartition, Long> flush(Map<TopicPartition, Long> offsets);

    /** Learns that these partitions will not be read any more; after a last {@link #flush}. */
    default void close(Collection<TopicPartition> partitions) {}

    /**
     * Returns the media types whose values may arrive undecoded, see
     * {@link dev.sluice.api.data.SchemaAndValue#encodedAs}. For all others, and by default for all, values arrive decoded,
     * so that broken ones are sorted out before {@link #put}. Asked once, after the start.
     */
    default Set<String> undecodedMediaTypes() {
        return Set.of();
    }
}
