package dev.sluice.api.record;

/**
 * The place of a record in the log, which no transformation changes.
 *
 * @param partition topic and partition
 * @param offset the record's offset in it
 */
public record RecordCoordinates(TopicPartition partition, long offset) {
    /** Returns {@code topic-partition@offset}, as log lines print it. */
    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
