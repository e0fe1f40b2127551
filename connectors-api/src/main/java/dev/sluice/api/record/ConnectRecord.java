package dev.sluice.api.record;

import dev.sluice.api.data.SchemaAndValue;
import org.jspecify.annotations.Nullable;

/**
 * What a source record and a sink record have in common: the part that transformations see and change.
 *
 * @param <R> the record's own type, so that a copy has it too
 */
public sealed interface ConnectRecord<R extends ConnectRecord<R>> permits SourceRecord, SinkRecord {
    /** Returns the topic that the record goes to or came from. */
    String topic();

    /** Returns the partition of the topic, or null where the key decides (sources only). */
    @Nullable
    Integer partition();

    /** Returns the key; {@link SchemaAndValue#NULL} if there is none. */
    SchemaAndValue key();

    /** Returns the value; {@link SchemaAndValue#NULL} for a tombstone. */
    SchemaAndValue value();

    /** Returns the timestamp in milliseconds since 1970-01-01T00:00Z, or null if there is none. */
    @Nullable
    Long timestampMillis();

    /** Returns the headers. */
    Headers headers();

    /** Returns a copy for another topic. */
    R withTopic(String topic);

    /** Returns a copy for another partition, or for the one that the key gives if null. */
    R withPartition(@Nullable Integer partition);

    /** Returns a copy with another key. */
    R withKey(SchemaAndValue key);

    /** Returns a copy with another value. */
    R withValue(SchemaAndValue value);

    /** Returns a copy with another timestamp in milliseconds since 1970-01-01T00:00Z, or without one for null. */
    R withTimestampMillis(@Nullable Long timestampMillis);

    /** Returns a copy with other headers. */
    R withHeaders(Headers headers);
}
