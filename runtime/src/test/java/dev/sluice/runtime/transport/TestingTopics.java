package dev.sluice.runtime.transport;

import dev.sluice.api.record.TopicPartition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Does to topics of a built-in broker what an outside client would do. */
public final class TestingTopics {
    private final LocalTransport transport;

    /** Changes the topics of this transport. */
    public TestingTopics(Transport transport) {
        this.transport = (LocalTransport) transport;
    }

    /** Creates a topic. */
    public void create(String topic, int partitionCount) {
        transport.createTopic(topic, new TopicSettings(partitionCount, Map.of()));
    }

    /** Gives a topic more partitions. */
    public void grow(String topic, int partitionCount) {
        transport.broker().topics().growTo(topic, partitionCount).join();
    }

    /** Deletes a topic. */
    public void delete(String topic) {
        transport.broker().topics().delete(topic).join();
    }

    /** Returns a topic's number of partitions and what it sets itself. */
    public TopicSettings settings(String topic) {
        return transport
                .broker()
                .topics()
                .find(topic)
                .map(found -> new TopicSettings(found.partitionCount(), found.settings()))
                .orElseThrow(() -> new AssertionError("there is no topic " + topic));
    }

    /** Appends values without keys, as one batch. */
    public void append(String topic, int partition, String... values) {
        List<RawRecord> records = new ArrayList<>();
        for (String value : values) {
            records.add(new RawRecord(null, value.getBytes(StandardCharsets.UTF_8), List.of(), 1));
        }
        transport
                .append(List.of(new PartitionBatch(new TopicPartition(topic, partition), records)))
                .join();
    }
}
