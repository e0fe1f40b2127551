package dev.sluice.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.transport.Isolation;
import dev.sluice.runtime.transport.LocalTransport;
import dev.sluice.runtime.transport.LogRecord;
import dev.sluice.runtime.transport.PartitionBatch;
import dev.sluice.runtime.transport.PartitionReader;
import dev.sluice.runtime.transport.RawRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of the internal topics, as Kafka Connect's own tools read them, and what is read back from them. */
class StoresTest {
    private static final Clock FIXED = Clock.fixed(Instant.ofEpochMilli(7), ZoneOffset.UTC);
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path folder;

    private LocalTransport transport;

    @BeforeEach
    void open() {
        transport = LocalTransport.open(Map.of("log.dirs", folder.toString(), "offsets.topic.num.partitions", "1"));
    }

    @AfterEach
    void close() {
        transport.close();
    }

    private List<String> log(String topic) throws InterruptedException {
        try (PartitionReader reader = transport
                .reader(new TopicPartition(topic, 0), Isolation.READ_UNCOMMITTED, () -> {})
                .orElseThrow()) {
            return reader.read(0, 1_000, 1 << 20).records().stream()
                    .map(StoresTest::text)
                    .toList();
        }
    }

    private static String text(LogRecord record) {
        return text(record.key()) + " = " + text(record.value());
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void keepsTheLastTwentyVersionsAndNoVersionTwice() {
        ConfigStore store = ConfigStore.open(transport, "configs", CLOCK);
        for (int i = 1; i <= 25; i++) {
            StoredConnector connector = new StoredConnector(Map.of("n", Integer.toString(i)), null);
            store.putConnector("a", connector, StoredTarget.STARTED, "rest").join();
            store.putConnector("a", connector, StoredTarget.STARTED, "again").join();
        }

        List<StoredVersion> history =
                ConfigStore.open(transport, "configs", CLOCK).history("a");

        assertThat(history)
                .extracting(StoredVersion::version)
                .containsExactlyElementsOf(IntStream.rangeClosed(6, 25).boxed().toList());
        assertThat(history.get(19).config()).containsEntry("n", "25");
        assertThat(history.get(19).origin()).isEqualTo("rest");
    }

    @Test
    void remembersWhatIsWantedAndTheTasks() {
        ConfigStore store = ConfigStore.open(transport, "configs", CLOCK);
        StoredConnector connector = new StoredConnector(Map.of("n", "1"), null);
        StoredTarget paused = new StoredTarget(TargetState.PAUSED, "Too many bad records.");
        store.putConnector("a", connector, StoredTarget.of(TargetState.STOPPED), "rest")
                .join();
        store.putTarget("a", paused).join();
        store.putTasks("a", List.of(Map.of("t", "0"), Map.of("t", "1"))).join();

        ConfigStore again = ConfigStore.open(transport, "configs", CLOCK);
        assertThat(again.target("a")).isEqualTo(paused);
        assertThat(again.target("other")).isEqualTo(StoredTarget.STARTED);
        assertThat(again.tasks("a")).containsExactly(Map.of("t", "0"), Map.of("t", "1"));
        again.removeTasks("a").join();
        assertThat(again.tasks("a")).isEmpty();
    }

    @Test
    void refusesInternalTopicsOfANewerFormat() {
        ConfigStore first = ConfigStore.open(transport, "configs", CLOCK);
        assertThat(first.connectors()).isEmpty();
        raw("sluice-format", "{\"version\":2}");

        assertThatThrownBy(() -> ConfigStore.open(transport, "configs", CLOCK))
                .hasMessage(
                        "Cannot read the internal topics: topic configs says that they have format 2, and this version"
                                + " knows them up to 1. Start the newer version of Sluice that wrote them, or restore the backup"
                                + " from before.");
    }

    @Test
    void configsHaveConnectsFormat() throws InterruptedException {
        ConfigStore store = ConfigStore.open(transport, "configs", FIXED);
        store.putConnector(
                        "a-1",
                        new StoredConnector(Map.of("name", "a-1", "b", "ü\"1"), null),
                        StoredTarget.of(TargetState.STOPPED),
                        "rest")
                .join();
        store.putConnector(
                        "b",
                        new StoredConnector(Map.of("name", "b"), "b.properties"),
                        StoredTarget.STARTED,
                        "file b.properties")
                .join();
        store.putTasks("a-1", List.of(Map.of("n", "0"), Map.of("n", "1"))).join();
        store.putTasks("a-1", List.of(Map.of("n", "2"))).join();
        assertThat(store.nextEpoch().join()).isEqualTo(1);
        assertThat(store.nextEpoch().join()).isEqualTo(2);
        store.removeConnector("a-1").join();

        assertThat(log("configs"))
                .containsExactly(
                        "sluice-format = {\"version\":1}",
                        "target-state-a-1 = {\"state\":\"PAUSED\",\"state.v2\":\"STOPPED\"}",
                        "connector-a-1 = {\"properties\":{\"b\":\"ü\\\"1\",\"name\":\"a-1\"}}",
                        "sluice-history-a-1 = {\"versions\":[{\"version\":1,\"time\":7,\"origin\":\"rest\","
                                + "\"properties\":{\"b\":\"ü\\\"1\",\"name\":\"a-1\"}}]}",
                        "connector-b = {\"properties\":{\"name\":\"b\"},\"sluice.file\":\"b.properties\"}",
                        "sluice-history-b = {\"versions\":[{\"version\":1,\"time\":7,\"origin\":\"file b.properties\","
                                + "\"properties\":{\"name\":\"b\"}}]}",
                        "task-a-1-0 = {\"properties\":{\"n\":\"0\"}}",
                        "task-a-1-1 = {\"properties\":{\"n\":\"1\"}}",
                        "commit-a-1 = {\"tasks\":2}",
                        "task-a-1-0 = {\"properties\":{\"n\":\"2\"}}",
                        "task-a-1-1 = null",
                        "commit-a-1 = {\"tasks\":1}",
                        "sluice-epoch = {\"epoch\":1}",
                        "sluice-epoch = {\"epoch\":2}",
                        "connector-a-1 = null",
                        "task-a-1-0 = null",
                        "commit-a-1 = null",
                        "target-state-a-1 = null",
                        "sluice-history-a-1 = null");
        assertThat(ConfigStore.open(transport, "configs", CLOCK).connectors())
                .containsExactly(Map.entry("b", new StoredConnector(Map.of("name", "b"), "b.properties")));
    }

    @Test
    void tasksOfConnectorsWithSimilarNamesStayApart() {
        ConfigStore store = ConfigStore.open(transport, "configs", CLOCK);
        store.putTasks("a", List.of(Map.of("n", "0"), Map.of("n", "1"))).join();
        store.putTasks("a-1", List.of(Map.of("n", "2"))).join();
        store.removeConnector("a").join();
        store.putConnector("a-1", new StoredConnector(Map.of(), null), StoredTarget.STARTED, "rest")
                .join();

        assertThat(store.connectors()).containsOnlyKeys("a-1");
    }

    @Test
    void offsetsHaveConnectsFormatAndAreFoundHoweverTheMapWasMade() throws InterruptedException {
        OffsetStore store = OffsetStore.open(transport, "offsets", CLOCK);
        Map<String, @Nullable Object> partition = new LinkedHashMap<>();
        partition.put("z", 1);
        partition.put("a", "x");
        Map<String, @Nullable Object> offset = new LinkedHashMap<>();
        offset.put("position", 17);
        offset.put("ratio", 0.5);
        offset.put("none", null);
        store.put("c", List.of(new SourcePosition(partition, offset))).join();

        assertThat(log("offsets"))
                .containsExactly("[\"c\",{\"a\":\"x\",\"z\":1}] = {\"position\":17,\"ratio\":0.5,\"none\":null}");
        Map<String, @Nullable Object> found =
                OffsetStore.open(transport, "offsets", CLOCK).offset("c", Map.of("a", "x", "z", 1L));
        assertThat(found).containsEntry("position", 17L).containsEntry("ratio", 0.5);
        assertThat(store.offset("other", Map.of("a", "x", "z", 1L))).isNull();
        assertThat(store.offsets("c")).containsOnlyKeys(Map.of("a", "x", "z", 1L));
    }

    @Test
    void statusesHaveConnectsFormat() throws InterruptedException {
        StatusStore store = StatusStore.open(transport, "statuses", CLOCK);
        StoredStatus running = new StoredStatus("RUNNING", null, "127.0.0.1:8083", 3, "1.0");
        store.putConnector("c", running).join();
        store.putTask("c", 0, new StoredStatus("FAILED", "why", "127.0.0.1:8083", 3, null))
                .join();
        store.putTask("c", 1, running).join();
        store.removeTasksFrom("c", 1).join();
        store.remove("c").join();

        assertThat(log("statuses"))
                .containsExactly(
                        "status-connector-c = {\"state\":\"RUNNING\",\"trace\":null,"
                                + "\"worker_id\":\"127.0.0.1:8083\",\"generation\":3,\"version\":\"1.0\"}",
                        "status-task-c-0 = {\"state\":\"FAILED\",\"trace\":\"why\","
                                + "\"worker_id\":\"127.0.0.1:8083\",\"generation\":3,\"version\":null}",
                        "status-task-c-1 = {\"state\":\"RUNNING\",\"trace\":null,"
                                + "\"worker_id\":\"127.0.0.1:8083\",\"generation\":3,\"version\":\"1.0\"}",
                        "status-task-c-1 = null",
                        "status-connector-c = null",
                        "status-task-c-0 = null");
    }

    @Test
    void passesOverRecordsOfOthersThatItCannotRead() {
        ConfigStore store = ConfigStore.open(transport, "configs", CLOCK);
        store.putConnector("a", new StoredConnector(Map.of("x", "1"), null), StoredTarget.STARTED, "rest")
                .join();
        raw("connector-b", "no json");
        raw("connector-c", "[]");
        raw("target-state-a", "{\"state\":\"PAUSED\"}");

        assertThat(ConfigStore.open(transport, "configs", CLOCK).connectors()).containsOnlyKeys("a");
    }

    private void raw(String key, String value) {
        RawRecord record = new RawRecord(
                key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8), List.of(), 1);
        List<Long> offsets = transport
                .append(List.of(new PartitionBatch(new TopicPartition("configs", 0), List.of(record))))
                .join();
        assertThat(offsets).hasSize(1);
    }
}
