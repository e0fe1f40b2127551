package dev.sluice.broker.handler;

import dev.sluice.broker.log.PartitionLog;
import dev.sluice.broker.topic.Topic;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;

/**
 * What a request names by topic name or, in newer versions, by topic id.
 *
 * @param topic its name; empty where the id is unknown
 * @param unknown the error for a partition that is not there
 */
record Named(Optional<String> topic, Errors unknown) {
    static Named of(Backend backend, String name, Uuid id) {
        if (id.equals(Uuid.ZERO_UUID)) {
            return new Named(Optional.of(name), Errors.UNKNOWN_TOPIC_OR_PARTITION);
        }
        Optional<String> topic = backend.broker().topics().find(id).map(Topic::name);
        return new Named(topic, topic.isPresent() ? Errors.UNKNOWN_TOPIC_OR_PARTITION : Errors.UNKNOWN_TOPIC_ID);
    }

    Optional<PartitionLog> log(Backend backend, int partition) {
        return topic.flatMap(name -> backend.broker().logs().find(new TopicPartition(name, partition)));
    }
}
