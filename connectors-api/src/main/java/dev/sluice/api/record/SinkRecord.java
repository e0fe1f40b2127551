package dev.sluice.api.record;

import dev.sluice.api.data.SchemaAndValue;
import org.jspecify.annotations.Nullable;

/**
 * A record that a sink receives. Eight components, because it is the whole of a message plus its coordinates.
 *
 * @param topic the topic, perhaps changed by a transformation
 * @param partition the partition, perhaps changed by a transformation; never null here
 * @param key the key, {@link SchemaAndValue#NULL} for none
 * @param value the value, {@link SchemaAndValue#NULL} for a tombstone
 * @param timestampMillis milliseconds since 1970-01-01T00:00Z, or null for none
 * @param timestampType who set the timestamp
 * @param headers the headers
 * @param origin where the record stands in the log, whatever transformations did; offsets to commit refer to it
 */
public record SinkRecord(
        String topic,
        Integer partition,
        SchemaAndValue key,
        SchemaAndValue value,
        @Nullable Long timestampMillis,
        TimestampType timestampType,
        Headers headers,
        RecordCoordinates origin)
        implements ConnectRecord<SinkRecord> {

    /** Returns a record without key, timestamp and headers, as tests need it; the copies add more. */
    public static SinkRecord of(RecordCoordinates origin, SchemaAndValue value) {
        return new SinkRecord(
                origin.partition().topic(),
                origin.partition().partition(),
                SchemaAndValue.NULL,
                value,
                null,
                TimestampType.NONE,
                Headers.EMPTY,
                origin);
    }

    @Override
    public SinkRecord withTopic(String newTopic) {
        return new SinkRecord(newTopic, partition, key, value, timestampMillis, timestampType, headers, origin);
    }

    /** Returns a copy for another partition; null keeps the partition, which a sink record always has. */
    @Override
    public SinkRecord withPartition(@Nullable Integer newPartition) {
        int kept = newPartition == null ? partition : newPartition;
        return new SinkRecord(topic, kept, key, value, timestampMillis, timestampType, headers, origin);
    }

    @Override
    public SinkRecord withKey(SchemaAndValue newKey) {
        return new SinkRecord(topic, partition, newKey, value, timestampMillis, timestampType, headers, origin);
    }

    @Override
    public SinkRecord withValue(SchemaAndValue newValue) {
        return new SinkRecord(topic, partition, key, newValue, timestampMillis, timestampType, headers, origin);
    }

    @Override
    public SinkRecord withTimestampMillis(@Nullable Long newTimestampMillis) {
        return new SinkRecord(topic, partition, key, value, newTimestampMillis, timestampType, headers, origin);
    }

    @Override
    public SinkRecord withHeaders(Headers newHeaders) {
        return new SinkRecord(topic, partition, key, value, timestampMillis, timestampType, newHeaders, origin);
    }

    /** Names topic and origin, never key or value. */
    @Override
    public String toString() {
        return "SinkRecord[topic=" + topic + ", origin=" + origin + "]";
    }
}
