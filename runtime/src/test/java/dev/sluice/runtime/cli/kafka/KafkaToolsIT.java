package dev.sluice.runtime.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.cli.kafka.ContainedTools.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's own tools judge the broker: they do what they do with a broker of Kafka's. */
final class KafkaToolsIT {
    @TempDir
    static Path folder;

    private static RunningBroker broker;
    private static String address;

    @BeforeAll
    static void start() {
        broker = RunningBroker.start(BrokerFile.read(
                        null, List.of("listeners=PLAINTEXT://127.0.0.1:0", "log.dirs=" + folder.resolve("data")))
                .config());
        address = broker.addresses().values().iterator().next().toString();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void topicsAreCreatedListedDescribedAlteredAndDeleted() {
        assertThat(run(Tool.TOPICS, "--create", "--topic", "a", "--partitions", "2", "--config", "retention.ms=1000")
                        .out())
                .isEqualTo("Created topic a.\n");
        assertThat(run(Tool.TOPICS, "--list").out().lines()).contains("a");
        assertThat(run(Tool.TOPICS, "--describe", "--topic", "a").out())
                .containsPattern("Topic: a\tTopicId: \\S{22}\tPartitionCount: 2\tReplicationFactor: 1\t"
                        + "Configs: retention.ms=1000\n\tTopic: a\tPartition: 0\tLeader: 1\tReplicas: 1\tIsr: 1");
        assertDone(run(Tool.TOPICS, "--alter", "--topic", "a", "--partitions", "3"));
        assertThat(run(Tool.TOPICS, "--describe", "--topic", "a").out()).contains("PartitionCount: 3");
        assertDone(run(Tool.TOPICS, "--delete", "--topic", "a"));
        assertThat(run(Tool.TOPICS, "--list").out().lines()).doesNotContain("a");
    }

    @Test
    void whatATopicCannotBeEndsWithCodeOne() {
        create("there", 1);

        assertThat(run(Tool.TOPICS, "--create", "--topic", "there"))
                .satisfies(result -> assertThat(result.exitCode()).isEqualTo(1))
                .satisfies(result -> assertThat(result.out()).contains("Topic 'there' already exists."));
        assertThat(run(Tool.TOPICS, "--create", "--topic", "two", "--replication-factor", "2"))
                .satisfies(result -> assertThat(result.exitCode()).isEqualTo(1))
                .satisfies(result -> assertThat(result.out()).contains("Error while executing topic command :"));
        assertThat(run(Tool.TOPICS, "--describe", "--topic", "missing"))
                .satisfies(result -> assertThat(result.exitCode()).isEqualTo(1))
                .satisfies(result -> assertThat(result.out()).contains("Topic 'missing' does not exist as expected"));
        assertThat(run(Tool.TOPICS, "--lsit"))
                .satisfies(result -> assertThat(result.exitCode()).isEqualTo(1))
                .satisfies(
                        result -> assertThat(result.out() + result.err()).contains("lsit is not a recognized option"));
    }

    @Test
    void recordsAndGroupsAreSeenFromAllSides() {
        create("records", 1);
        assertDone(produce("records", "one\ntwo\nthree\n"));

        Result consumed = run(
                Tool.CONSOLE_CONSUMER, "--topic", "records", "--from-beginning", "--group", "g", "--max-messages", "3");
        assertThat(consumed.out()).isEqualTo("one\ntwo\nthree\n");
        assertThat(consumed.err()).contains("Processed a total of 3 messages");
        assertThat(run(Tool.GET_OFFSETS, "--topic", "records").out()).isEqualTo("records:0:3\n");
        assertThat(run(Tool.GET_OFFSETS, "--topic", "records", "--time", "earliest")
                        .out())
                .isEqualTo("records:0:0\n");
        assertThat(run(Tool.CONSUMER_GROUPS, "--list").out().lines()).contains("g");
        assertThat(run(Tool.GROUPS, "--list").out()).containsPattern("g +Classic +consumer");
        assertThat(run(Tool.CONSUMER_GROUPS, "--describe", "--group", "g").out())
                .containsPattern("g +records +0 +3 +3 +0 ");
        assertThat(run(
                                Tool.CONSUMER_GROUPS,
                                "--reset-offsets",
                                "--group",
                                "g",
                                "--topic",
                                "records",
                                "--to-offset",
                                "1",
                                "--execute")
                        .out())
                .containsPattern("g +records +0 +1");
        assertThat(run(Tool.CONSOLE_CONSUMER, "--topic", "records", "--group", "g", "--max-messages", "1")
                        .out())
                .isEqualTo("two\n");
        assertThat(run(Tool.CONSUMER_GROUPS, "--delete", "--group", "g").out())
                .contains("Deletion of requested consumer groups ('g') was successful.");
    }

    @Test
    void recordsAreDeletedUpToAnOffset() throws IOException {
        create("short", 1);
        assertDone(produce("short", "one\ntwo\n"));
        Path offsets = Files.writeString(
                folder.resolve("offsets.json"),
                "{\"version\": 1, \"partitions\": [{\"topic\": \"short\", \"partition\": 0, \"offset\": 1}]}");

        assertThat(run(Tool.DELETE_RECORDS, "--offset-json-file", offsets.toString())
                        .out())
                .contains("partition: short-0\tlow_watermark: 1");

        assertThat(run(Tool.GET_OFFSETS, "--topic", "short", "--time", "earliest")
                        .out())
                .isEqualTo("short:0:1\n");
    }

    @Test
    void theBrokerTellsAboutItself() {
        create("sized", 1);
        assertDone(produce("sized", "one\n"));

        assertThat(run(Tool.LOG_DIRS, "--describe", "--topic-list", "sized").out())
                .contains("\"partition\":\"sized-0\"", folder.resolve("data").toString());
        Result cluster = ContainedTools.run(Tool.CLUSTER, "", "cluster-id", "--bootstrap-server", address);
        assertThat(cluster.out()).startsWith("Cluster ID: ");
        assertThat(run(Tool.BROKER_API_VERSIONS).out()).contains("Produce(0): ", "Fetch(1): ");
        assertThat(run(Tool.TRANSACTIONS, "list").exitCode()).isZero();
        Path segment = folder.resolve("data/sized-0/00000000000000000000.log");
        assertThat(ContainedTools.run(Tool.DUMP_LOG, "", "--files", segment.toString(), "--print-data-log")
                        .out())
                .contains("payload: one");
    }

    @Test
    void measurementsRun() {
        create("measured", 1);
        String server = "bootstrap.servers=" + address;

        assertThat(ContainedTools.run(
                                Tool.PRODUCER_PERF_TEST,
                                "",
                                "--topic",
                                "measured",
                                "--num-records",
                                "1000",
                                "--record-size",
                                "100",
                                "--throughput",
                                "-1",
                                "--producer-props",
                                server,
                                "acks=all")
                        .out())
                .contains("1000 records sent,");
        assertThat(run(Tool.CONSUMER_PERF_TEST, "--topic", "measured", "--num-records", "1000")
                        .out())
                .contains(", 1000, ");
        assertDone(run(
                Tool.E2E_LATENCY,
                "--topic",
                "measured",
                "--num-records",
                "20",
                "--record-size",
                "100",
                "--producer-acks",
                "1"));
    }

    private static void create(String topic, int partitionCount) {
        assertDone(run(Tool.TOPICS, "--create", "--topic", topic, "--partitions", Integer.toString(partitionCount)));
    }

    private static Result produce(String topic, String lines) {
        return ContainedTools.run(Tool.CONSOLE_PRODUCER, lines, "--bootstrap-server", address, "--topic", topic);
    }

    private static void assertDone(Result result) {
        assertThat(result.exitCode()).as(result.toString()).isZero();
    }

    private static Result run(Tool tool, String... words) {
        List<String> all = new ArrayList<>(List.of("--bootstrap-server", address));
        all.addAll(List.of(words));
        return ContainedTools.run(tool, "", all.toArray(String[]::new));
    }
}
