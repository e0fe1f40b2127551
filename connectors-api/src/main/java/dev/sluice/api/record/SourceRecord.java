package dev.sluice.api.record;

import dev.sluice.api.data.SchemaAndValue;
import org.jspecify.annotations.Nullable;

/**
 * A record that a source read. Seven components, because it is the whole of a message plus its position.
 *
 * @param topic the topic that it goes to
 * @param partition the partition, or null to let the key decide
 * @param key the key, {@link SchemaAndValue#NULL} for none
 * @param value the value, {@link SchemaAndValue#NULL} for a tombstone
 * @param timestampMillis milliseconds since 1970-01-01T00:00Z, or null for the time of the append
 * @param headers the headers
 * @param position where the source continues once this record is in the log
 */
public record SourceRecord(
        String topic,
        @Nullable Integer partition,
        SchemaAndValue key,
        SchemaAndValue value,
        @Nullable Long timestampMillis,
        Headers headers,
        SourcePosition position)
        implements ConnectRecord<SourceRecord> {

    /** Returns a record without partition, key, timestamp and headers; the copies add what is needed. */
    public static SourceRecord of(String topic, SchemaAndValue value, SourcePosition position) {
        return new SourceRecord(topic, null, SchemaAndValue.NULL, value, null, Headers.EMPTY, position);
    }

    @Override
    public SourceRecord withTopic(String newTopic) {
        return new SourceRecord(newTopic, partition, key, value, timestampMillis, headers, position);
    }

    @Override
    public SourceRecord withPartition(@Nullable Integer newPartition) {
        return new SourceRecord(topic, newPartition, key, value, timestampMillis, headers, position);
    }

    @Override
    public SourceRecord withKey(SchemaAndValue newKey) {
        return new SourceRecord(topic, partition, newKey, value, timestampMillis, headers, position);
    }

    @Override
    public SourceRecord withValue(SchemaAndValue newValue) {
        return new SourceRecord(topic, partition, key, newValue, timestampMillis, headers, position);
    }

    @Override
    public SourceRecord withTimestampMillis(@Nullable Long newTimestampMillis) {
        return new SourceRecord(topic, partition, key, value, newTimestampMillis, headers, position);
    }

    @Override
    public SourceRecord withHeaders(Headers newHeaders) {
        return new SourceRecord(topic, partition, key, value, timestampMillis, newHeaders, position);
    }

    /** Names topic and position, never key or value. */
    @Override
    public String toString() {
        return "SourceRecord[topic=" + topic + ", position=" + position + "]";
    }
}
