package dev.sluice.broker.group;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.coordinator.group.generated.OffsetCommitKey;
import org.apache.kafka.coordinator.group.generated.OffsetCommitValue;
import org.jspecify.annotations.Nullable;

/**
 * The records of {@code __consumer_offsets}: a two-byte type or version, then Kafka's generated message. Types 0 and 1 are
 * offset commits; others belong to Kafka's coordinator and are passed over.
 */
final class OffsetRecords {
    private static final short OFFSET_COMMIT_TYPE_MAX = 1;
    /** The one version with a time of expiry; every Kafka reads it. */
    private static final short VALUE_VERSION = 1;

    /** A hundred years: the place of a connector must not get lost while it is idle. */
    static final long RETENTION_MILLIS = TimeUnit.DAYS.toMillis(36_500);

    private OffsetRecords() {}

    /**
     * A commit, or its removal.
     *
     * @param group the group
     * @param partition of which partition
     * @param offset the offset, or null where it was removed
     */
    record Commit(
            String group,
            TopicPartition partition,
            @Nullable Long offset) {}

    static SimpleRecord write(Commit commit, long nowMillis) {
        ByteBuffer key = MessageUtil.toCoordinatorTypePrefixedByteBuffer(new OffsetCommitKey()
                .setGroup(commit.group())
                .setTopic(commit.partition().topic())
                .setPartition(commit.partition().partition()));
        Long offset = commit.offset();
        ByteBuffer value = offset == null
                ? null
                : MessageUtil.toVersionPrefixedByteBuffer(
                        VALUE_VERSION,
                        new OffsetCommitValue()
                                .setOffset(offset)
                                .setMetadata("")
                                .setCommitTimestamp(nowMillis)
                                .setExpireTimestamp(nowMillis + RETENTION_MILLIS));
        return new SimpleRecord(nowMillis, key, value);
    }

    /** Reads a record; empty where it is not an offset commit. */
    static Optional<Commit> read(Record record) {
        if (!record.hasKey()) {
            return Optional.empty();
        }
        ByteBuffer key = record.key();
        short type = key.getShort();
        if (type < 0 || type > OFFSET_COMMIT_TYPE_MAX) {
            return Optional.empty();
        }
        OffsetCommitKey commit = new OffsetCommitKey(new ByteBufferAccessor(key), (short) 0);
        TopicPartition partition = new TopicPartition(commit.topic(), commit.partition());
        return Optional.of(new Commit(commit.group(), partition, offset(record)));
    }

    private static @Nullable Long offset(Record record) {
        if (!record.hasValue()) {
            return null;
        }
        ByteBuffer value = record.value();
        short version = value.getShort();
        return new OffsetCommitValue(new ByteBufferAccessor(value), version).offset();
    }
}
