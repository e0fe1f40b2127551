package dev.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.quota.QuotaKind;
import dev.sluice.broker.quota.Quotas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class QuotasTest {
    private static final String PRODUCE = "producer_byte_rate";

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private Broker broker;

    @BeforeEach
    void open() {
        broker = Broker.open(BrokerConfig.of(Map.of("log.dirs", folder.toString())), clock);
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private Quotas quotas() {
        return broker.quotas();
    }

    private static ClientQuotaEntity entity(@Nullable String... typesAndNames) {
        Map<String, String> entries = new HashMap<>();
        for (int index = 0; index < typesAndNames.length; index += 2) {
            entries.put(typesAndNames[index], typesAndNames[index + 1]);
        }
        return new ClientQuotaEntity(entries);
    }

    private void set(ClientQuotaEntity entity, @Nullable Double limit) {
        Map<String, Double> changes = new HashMap<>();
        changes.put(PRODUCE, limit);
        quotas().alter(entity, changes).join();
    }

    private long produce(String user, String clientId, long bytes) {
        return quotas().throttleMillis(QuotaKind.PRODUCE, user, clientId, bytes);
    }

    @Test
    void aClientThatRestsAsToldKeepsToItsRate() {
        set(entity("client-id", "slow"), 1_000.0);
        long sentBytes = 0;
        long restedMillis = 0;
        while (restedMillis < 120_000) {
            sentBytes += 5_000;
            long rest = produce("ANONYMOUS", "slow", 5_000);
            clock.advance(Duration.ofMillis(Math.max(rest, 1)));
            restedMillis += Math.max(rest, 1);
        }

        assertThat(sentBytes * 1000 / restedMillis).as("bytes a second").isBetween(850L, 1_150L);
    }

    @Test
    void restsAsLongAsItTakesToBringTheRateDown() {
        set(entity("client-id", "slow"), 1_000.0);

        assertThat(produce("ANONYMOUS", "slow", 10_000))
                .as("all in a window of 10 s")
                .isZero();
        assertThat(produce("ANONYMOUS", "slow", 10_000)).isEqualTo(10_000);
        assertThat(produce("ANONYMOUS", "fast", 1_000_000)).isZero();
        clock.advance(Duration.ofSeconds(30));
        assertThat(produce("ANONYMOUS", "slow", 1_000)).isZero();
    }

    @Test
    void theMostSpecialLimitHolds() {
        set(entity("client-id", null), 1.0);
        set(entity("user", "alice"), 1_000_000.0);
        set(entity("user", "alice", "client-id", "batch"), 2.0);

        assertThat(produce("alice", "app", 1_000)).isZero();
        assertThat(produce("alice", "batch", 1_000)).isPositive();
        assertThat(produce("bob", "app", 1_000)).isPositive();
    }

    @Test
    void aDefaultHoldsForEachByItselfAndAUserForAllItsClientsTogether() {
        set(entity("user", null), 1_000.0);

        assertThat(produce("alice", "first", 9_000)).isZero();
        assertThat(produce("bob", "first", 9_000)).isZero();
        assertThat(produce("alice", "second", 9_000)).isPositive();
    }

    @Test
    void changesHoldAtOnceAndWhatIsTakenAwayIsGone() {
        set(entity("user", "alice"), 1.0);
        assertThat(produce("alice", "app", 1_000)).isPositive();
        set(entity("user", "alice"), null);

        assertThat(produce("alice", "app", 1_000)).isZero();
        assertThat(quotas().isEmpty()).isTrue();
    }

    @Test
    void surviveARestartWithTheirNames() {
        ClientQuotaEntity strange = entity("user", "CN=a b,O=ü=\n<default>", "client-id", null);
        set(strange, 1234.5);
        set(entity("client-id", "app"), 7.0);
        Map<ClientQuotaEntity, Map<String, Double>> before = quotas().all();
        broker.close();
        open();

        assertThat(quotas().all()).isEqualTo(before).containsEntry(strange, Map.of(PRODUCE, 1234.5));
    }

    @Test
    void aDamagedFileLimitsNobodyAndStopsNothing() throws IOException {
        set(entity("client-id", "app"), 1.0);
        broker.close();
        Path file = folder.resolve("quotas.catalog");
        Files.writeString(file, Files.readString(file).replace("1.0", "9.0"));
        open();

        assertThat(quotas().all()).isEmpty();
        set(entity("client-id", "app"), 1.0);
        assertThat(quotas().all()).hasSize(1);
    }
}
