package dev.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.log.Appended;
import dev.sluice.broker.topic.NewTopic;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerTest {
    @TempDir
    Path directory;

    private Broker open() {
        return Broker.open(BrokerConfig.of(Map.of("log.dirs", directory.toString())));
    }

    @Test
    void readsWhatWasAppended() {
        try (Broker broker = open()) {
            broker.topics().create(NewTopic.named("t")).join();

            Appended first = broker.append("t", 0, Batches.of("a", "b")).join();
            Appended second = broker.append("t", 0, Batches.of("c")).join();

            assertThat(first).isEqualTo(new Appended(0, 1, -1, 0));
            assertThat(second.baseOffset()).isEqualTo(2);
            assertThat(Batches.values(broker.log("t", 0), 1)).containsExactly("b", "c");
        }
    }

    @Test
    void keepsEverythingOverARestart() {
        try (Broker broker = open()) {
            broker.topics().create(NewTopic.named("t").withPartitions(3)).join();
            broker.append("t", 2, Batches.of("a", "b")).join();
            broker.groups().commit("g", Map.of(new TopicPartition("t", 2), 1L)).join();
        }
        try (Broker broker = open()) {
            assertThat(Batches.values(broker.log("t", 2), 0)).containsExactly("a", "b");
            assertThat(broker.append("t", 2, Batches.of("c")).join().baseOffset())
                    .isEqualTo(2);
            assertThat(broker.groups().committed("g")).containsExactly(Map.entry(new TopicPartition("t", 2), 1L));
        }
    }
}
