package dev.sluice.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.record.TopicPartition;
import dev.sluice.runtime.transport.Isolation;
import dev.sluice.runtime.transport.LocalTransport;
import dev.sluice.runtime.transport.LogRecord;
import dev.sluice.runtime.transport.PartitionReader;
import dev.sluice.testkit.Waiting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topics that connectors used, as the status topic holds them. */
class ActiveTopicsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_753_000_000_000L), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private LocalTransport transport;
    private StatusStore statuses;
    private ActiveTopics topics;

    @BeforeEach
    void open() {
        transport = LocalTransport.open(Map.of("log.dirs", folder.toString(), "offsets.topic.num.partitions", "1"));
        statuses = StatusStore.open(transport, "statuses", CLOCK);
        topics = new ActiveTopics(statuses, CLOCK, true);
    }

    @AfterEach
    void close() {
        transport.close();
    }

    private void use(String connector, String topic) {
        topics.onUsed(connector, 2, topic);
        Waiting.until("it is noted", () -> topics.of(connector).contains(topic));
    }

    private List<String> log() throws InterruptedException {
        try (PartitionReader reader = transport
                .reader(new TopicPartition("statuses", 0), Isolation.READ_UNCOMMITTED, () -> {})
                .orElseThrow()) {
            return reader.read(0, 1_000, 1 << 20).records().stream()
                    .map(ActiveTopicsTest::text)
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
    void aTopicIsOneRecordInConnectsFormatHoweverOftenItIsUsed() throws InterruptedException {
        use("in", "orders");
        use("in", "orders");
        topics.reset("in").join();

        assertThat(log())
                .containsExactly(
                        "status-topic-orders:connector-in = {\"topic\":{\"name\":\"orders\",\"connector\":\"in\",\"task\":2,"
                                + "\"discoverTimestamp\":1753000000000}}",
                        "status-topic-orders:connector-in = null");
    }

    @Test
    void isThereAgainAfterARestart() {
        use("in", "b");
        use("in", "a");

        assertThat(new ActiveTopics(StatusStore.open(transport, "statuses", CLOCK), CLOCK, true).of("in"))
                .containsExactly("a", "b");
    }

    @Test
    void namesThatLookLikeOthersAreKeptApart() {
        use("a", "t");
        use("a:connector-b", "u");
        use("b", "v");

        assertThat(topics.of("a")).containsExactly("t");
        assertThat(topics.of("b")).containsExactly("v");
        assertThat(topics.of("a:connector-b")).containsExactly("u");
    }

    @Test
    void aResetForgetsThoseOfOneConnectorAndTellsWhoRemembers() {
        use("a", "t");
        use("b", "t");
        long before = topics.resets();
        topics.reset("a").join();

        assertThat(topics.of("a")).isEmpty();
        assertThat(topics.of("b")).containsExactly("t");
        assertThat(topics.resets()).isGreaterThan(before);
        use("a", "t");
    }

    @Test
    void aConnectorThatIsGoneHasNone() {
        use("a", "t");
        statuses.remove("a").join();

        assertThat(topics.of("a")).isEmpty();
    }

    @Test
    void notesNothingWhereItIsSwitchedOff() throws InterruptedException {
        new ActiveTopics(statuses, CLOCK, false).onUsed("a", 0, "t");

        assertThat(topics.of("a")).isEqualTo(Set.of());
        assertThat(log()).isEmpty();
    }
}
