package dev.sluice.api.record;

/**
 * One partition of a topic.
 *
 * @param topic the topic's name
 * @param partition the partition's index, from 0
 */
public record TopicPartition(String topic, int partition) {
    /** Returns {@code topic-partition}, as log lines print it. */
    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
