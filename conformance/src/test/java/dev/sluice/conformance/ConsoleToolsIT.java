package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.tools.BrokerApiVersionsCommand;
import org.apache.kafka.tools.ConsoleProducer;
import org.apache.kafka.tools.GetOffsetShell;
import org.apache.kafka.tools.ProducerPerformance;
import org.apache.kafka.tools.TopicCommand;
import org.apache.kafka.tools.consumer.ConsoleConsumer;
import org.apache.kafka.tools.consumer.group.ConsumerGroupCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Kafka's command line tools: kafka-topics, the console producer and consumer, kafka-consumer-groups, kafka-get-offsets. */
@ExtendWith(BrokerUnderTest.class)
@Timeout(240)
class ConsoleToolsIT {
    private static final String LINES =
            IntStream.range(0, 100).mapToObj(number -> "line " + number + "\n").collect(Collectors.joining());

    private final String topic = "tools-" + UUID.randomUUID().toString().substring(0, 8);
    private final String group = "group-of-" + topic;
    private String bootstrap = "";

    @BeforeEach
    void takeAddress(BrokerUnderTest.Address broker) {
        bootstrap = broker.bootstrap();
    }

    /** Runs a tool with {@code --bootstrap-server}. */
    private String run(KafkaTool.Main tool, String... more) {
        return runWith("", tool, more);
    }

    private String runWith(String input, KafkaTool.Main tool, String... more) {
        List<String> all = new ArrayList<>(List.of("--bootstrap-server", bootstrap));
        all.addAll(List.of(more));
        return KafkaTool.runWith(input, tool, all.toArray(String[]::new));
    }

    private void create() {
        String said = run(
                TopicCommand::main,
                "--create",
                "--replication-factor",
                "1",
                "--partitions",
                "1",
                "--topic",
                topic,
                "--config",
                "retention.ms=3600000");
        assertThat(said).contains("Created topic " + topic);
    }

    @Test
    void managesTopics() {
        create();
        assertThat(run(TopicCommand::main, "--list").lines()).contains(topic);
        assertThat(run(TopicCommand::main, "--describe", "--topic", topic))
                .contains("PartitionCount: 1", "ReplicationFactor: 1", "retention.ms=3600000");
        run(TopicCommand::main, "--alter", "--topic", topic, "--partitions", "3");
        assertThat(run(TopicCommand::main, "--describe", "--topic", topic)).contains("PartitionCount: 3");
        run(TopicCommand::main, "--delete", "--topic", topic);
        assertThat(run(TopicCommand::main, "--list").lines()).doesNotContain(topic);
    }

    @Test
    void refusesWhatCannotBe() {
        create();
        assertThatThrownBy(this::create).isInstanceOf(AssertionError.class).hasMessageContaining("already exists");
        assertThatThrownBy(() -> run(
                        TopicCommand::main, "--create", "--replication-factor", "2", "--topic", topic + "-replicated"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("eplication factor");
    }

    @Test
    void carriesLinesThroughTheConsole() {
        create();
        runWith(LINES, ConsoleProducer::main, "--topic", topic);
        assertThat(run(ConsoleConsumer::main, "--topic", topic, "--from-beginning", "--max-messages", "100"))
                .isEqualTo(LINES);
        assertThat(run(GetOffsetShell::main, "--topic", topic)).isEqualTo(topic + ":0:100\n");
        assertThat(run(GetOffsetShell::main, "--topic", topic, "--time", "earliest"))
                .isEqualTo(topic + ":0:0\n");
    }

    @Test
    void carriesKeysAndHeadersThroughTheConsole() {
        create();
        runWith(
                "h:1,i:2\tkey\tvalue\n",
                ConsoleProducer::main,
                "--topic",
                topic,
                "--reader-property",
                "parse.key=true",
                "--reader-property",
                "parse.headers=true");
        assertThat(run(
                        ConsoleConsumer::main,
                        "--topic",
                        topic,
                        "--from-beginning",
                        "--max-messages",
                        "1",
                        "--formatter-property",
                        "print.key=true",
                        "--formatter-property",
                        "print.headers=true"))
                .isEqualTo("h:1,i:2\tkey\tvalue\n");
    }

    @Test
    void managesGroups() {
        create();
        runWith(LINES, ConsoleProducer::main, "--topic", topic);
        run(ConsoleConsumer::main, "--topic", topic, "--group", group, "--from-beginning", "--max-messages", "100");

        assertThat(run(ConsumerGroupCommand::main, "--list").lines()).contains(group);
        assertThat(offsets()).containsExactly("100", "100", "0");
        run(
                ConsumerGroupCommand::main,
                "--reset-offsets",
                "--to-offset",
                "40",
                "--execute",
                "--group",
                group,
                "--topic",
                topic);
        assertThat(offsets()).containsExactly("40", "100", "60");
        assertThat(run(ConsoleConsumer::main, "--topic", topic, "--group", group, "--max-messages", "60"))
                .startsWith("line 40\n")
                .endsWith("line 99\n");
        run(ConsumerGroupCommand::main, "--delete", "--group", group);
        assertThat(run(ConsumerGroupCommand::main, "--list").lines()).doesNotContain(group);
    }

    /** Committed offset, end and lag of the group, as the tool describes it. */
    private List<String> offsets() {
        String line = run(ConsumerGroupCommand::main, "--describe", "--group", group)
                .lines()
                .filter(printed -> printed.startsWith(group))
                .findFirst()
                .orElseThrow();
        return List.of(line.split(" +", -1)).subList(3, 6);
    }

    @Test
    void runsTheProducerOfPerformanceTests() {
        create();
        String said = KafkaTool.run(
                ProducerPerformance::main,
                "--topic",
                topic,
                "--num-records",
                "5000",
                "--record-size",
                "100",
                "--throughput",
                "-1",
                "--bootstrap-server",
                bootstrap);
        assertThat(said).contains("5000 records sent");
        assertThat(run(GetOffsetShell::main, "--topic", topic)).isEqualTo(topic + ":0:5000\n");
        assertThat(run(BrokerApiVersionsCommand::main)).contains("Produce(0)", "Fetch(1)", "usable");
    }
}
