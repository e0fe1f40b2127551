package dev.sluice.connector.elasticsearch.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.fault.Fault;
import dev.sluice.testkit.fault.Gate;
import dev.sluice.testkit.fault.Refusal;
import dev.sluice.testkit.fault.Storm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever happens between sink and server: all documents are there, once, in their newest version, and offsets are exact. */
final class SinkFaultsIT {
    private static final int ROUNDS = Boolean.getBoolean("sluice.soak") ? 30 : 2;

    private static FaultRun start() {
        return FaultRun.start(Map.of());
    }

    private static void survives(FaultRun run, Fault... faults) {
        run.proxy.next(faults);
        run.putInBatches(run.change(new Random(7), 400, 40), 50);
        run.verify();
    }

    @Test
    void sendsOnlyTheItemsAgainThatABusyNodeTurnedAway() {
        try (FaultRun run = start()) {
            Fault third = Fault.refuseItems(Refusal.REJECTED, item -> item.id().hashCode() % 3 == 0);
            survives(run, Collections.nCopies(12, third).toArray(Fault[]::new));
            assertThat(run.metrics().count("bulk-items-retried")).isPositive();
            long sent = run.proxy.bulks().stream()
                    .mapToLong(bulk -> bulk.items().size())
                    .sum();
            assertThat(sent).isEqualTo(400 + run.metrics().count("bulk-items-retried"));
        }
    }

    @Test
    void survivesABusyCluster() {
        try (FaultRun run = start()) {
            survives(
                    run,
                    Fault.status(429),
                    Fault.status(503),
                    Fault.refuseAll(Refusal.REJECTED),
                    Fault.status(429, Duration.ofSeconds(1)),
                    Fault.refuseAll(Refusal.UNAVAILABLE));
        }
    }

    @Test
    void survivesAnswersThatAreCutAndRequestsThatAreCarriedOutTwice() {
        try (FaultRun run = start()) {
            survives(
                    run,
                    Fault.cutAnswer(),
                    Fault.twice(),
                    Fault.cutAnswer(),
                    Fault.twice(),
                    Fault.none(),
                    Fault.cutAnswer());
        }
    }

    @Test
    void survivesConnectionsThatBreakBeforeAndAfterTheRequestWasTaken() {
        try (FaultRun run = start()) {
            survives(
                    run, Fault.resetAfter(), Fault.resetBefore(), Fault.none(), Fault.resetAfter(), Fault.resetAfter());
        }
    }

    @Test
    void lateRequestsNeverOverwriteNewerDocuments() {
        try (FaultRun run = FaultRun.start(Map.of("read.timeout.ms", "700"))) {
            Gate gate = Gate.closed();
            run.proxy.next(Fault.holdRequest(gate), Fault.holdRequest(gate), Fault.holdRequest(gate));
            Random random = new Random(11);
            run.putInBatches(run.change(random, 100, 20), 20);
            run.task.flushAll();
            run.putInBatches(run.change(random, 100, 20), 20);
            run.task.flushAll();
            int before = run.proxy.bulks().size();
            gate.open();
            Waiting.until(
                    "the late requests are carried out", () -> run.proxy.bulks().size() >= before + 3);
            run.verify();
        }
    }

    @Test
    void takesASlowServerForSlow() {
        try (FaultRun run = start()) {
            run.proxy.onBulk(Fault.slow(Duration.ofMillis(300)));
            run.putInBatches(run.change(new Random(3), 300, 60), 100);
            run.verify();
            assertThat(run.metrics().count("bulk-requests-failed")).isZero();
        }
    }

    @Test
    void comesToAnEndWithAServerThatAlwaysTakesLongerThanTheTimeOut() {
        try (FaultRun run = FaultRun.start(Map.of("read.timeout.ms", "200"))) {
            run.proxy.onBulk(Fault.slow(Duration.ofMillis(700)));
            run.putInBatches(run.change(new Random(41), 100, 30), 50);
            run.verify();
        }
    }

    @Test
    void pausesReadingBeforeASlowServerAndGoesOn() {
        try (FaultRun run = FaultRun.start(Map.of("max.buffered.records", "60", "max.in.flight.requests", "2"))) {
            Gate gate = Gate.closed();
            run.proxy.onBulk(Fault.holdRequest(gate));
            run.task.put(run.change(new Random(5), 200, 30));
            assertThat(run.context.paused()).containsExactly(FaultRun.PARTITION);
            assertThat(run.metrics().gauge("bulk-buffered-items", Map.of()).orElseThrow())
                    .isLessThanOrEqualTo(200);
            gate.open();
            run.verify();
            assertThat(run.context.paused()).isEmpty();
        }
    }

    @Test
    void survivesANodeThatGoesAndComesBackAndSaysSoMeanwhile() {
        try (FaultRun run = FaultRun.start(Map.of("max.buffered.records", "100"))) {
            Random random = new Random(13);
            run.putInBatches(run.change(random, 100, 30), 50);
            run.proxy.down();
            List<SinkRecord> more = run.change(random, 300, 30);
            run.task.putRetrying(more.subList(0, 200));
            Waiting.until(
                    "a flush says what is wrong", () -> run.flushOnce().contains("Cannot write to the cluster since"));
            assertThatThrownBy(() -> run.task.put(more.subList(200, 300)))
                    .isInstanceOf(RetriableException.class)
                    .hasMessageStartingWith("Cannot write to the cluster since ")
                    .hasMessageContaining("Check connection.url");
            run.proxy.up();
            run.putInBatches(more.subList(200, 300), 50);
            run.verify();
        }
    }

    @Test
    void waitsForAnIndexThatIsReadOnlyBecauseADiskIsFull() {
        // By the proxy: a real server lifts this block by itself as soon as it looks at its disk.
        waitsForABlock(run -> run.proxy.onBulk(Fault.refuseAll(Refusal.DISK_FULL)), run -> run.proxy.heal());
    }

    @Test
    void waitsForAnIndexThatSomebodyHasBlocked() {
        waitsForABlock(
                run -> run.server.put("/" + run.index + "/_settings", "{\"index.blocks.write\":true}"),
                run -> run.server.put("/" + run.index + "/_settings", "{\"index.blocks.write\":null}"));
    }

    private static void waitsForABlock(Consumer<FaultRun> block, Consumer<FaultRun> lift) {
        try (FaultRun run = start()) {
            run.putInBatches(run.change(new Random(17), 50, 20), 50);
            run.task.flushAll();
            block.accept(run);
            run.task.put(run.change(new Random(19), 50, 20));
            Waiting.until("a flush says what to do", () -> run.flushOnce().contains("Free disk space"));
            assertThat(run.task.committable()).containsEntry(FaultRun.PARTITION, 50L);
            lift.accept(run);
            run.verify();
        }
    }

    @Test
    void reportsOnlyTheDocumentsThatMakeTheMappingExplode() {
        try (FaultRun run = FaultRun.start(Map.of(), "{\"index.mapping.total_fields.limit\":12}", 10)) {
            List<SinkRecord> records = new ArrayList<>(run.change(new Random(23), 20, 10));
            records.add(run.record("explosive", manyFields()));
            records.addAll(run.change(new Random(31), 20, 10));
            run.putInBatches(records, 50);
            run.verify();
            assertThat(run.errants.orElseThrow().reports())
                    .hasSize(1)
                    .allSatisfy(report -> assertThat(report.failure())
                            .hasMessageStartingWith(
                                    "Cannot write the record faults-0@20: the cluster refused its document: ")
                            .hasMessageContaining("Limit of total fields [12] has been exceeded"));
        }
    }

    private static Map<String, Object> manyFields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < 30; i++) {
            fields.put("field" + i, i);
        }
        return fields;
    }

    @Test
    void failsAtAMalformedDocumentUnlessErrorsAreTolerated() {
        try (FaultRun run = FaultRun.start(Map.of(), "{\"index.mapping.total_fields.limit\":12}", 0)) {
            run.task.put(List.of(run.record("explosive", manyFields())));
            assertThatThrownBy(() ->
                            Waiting.until("it fails", () -> run.task.flush().isEmpty()))
                    .isInstanceOf(ConnectorException.class)
                    .hasMessageContaining("Limit of total fields [12] has been exceeded")
                    .hasMessageContaining("behavior.on.malformed.documents=ignore");
        }
    }

    @Test
    void dividesRequestsThatAreTooLargeAndReportsTheDocumentThatAlwaysIs() {
        try (FaultRun run = FaultRun.start(Map.of("batch.size", "100"), "{}", 1)) {
            run.proxy.onBulk(Fault.tooLargeOver(3_000));
            List<SinkRecord> records = new ArrayList<>(run.change(new Random(29), 100, 50));
            records.add(run.record("huge", Map.of("text", "x".repeat(4_000))));
            records.addAll(run.change(new Random(37), 100, 50));
            run.putInBatches(records, 101);
            run.verify();
            assertThat(run.metrics().count("bulk-items-refused")).isEqualTo(1);
            assertThat(run.metrics().count("bulk-requests-split")).isPositive();
        }
    }

    @Test
    void survivesAStorm() {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = Long.getLong("sluice.storm.seed", new Random().nextLong());
            try (FaultRun run = FaultRun.start(Map.of("max.in.flight.requests", "5"))) {
                run.proxy.rule(Storm.of(seed, 0.5));
                run.putInBatches(run.change(new Random(seed), 1_500, 60), 70);
                run.verify();
            }
        }
    }

    @Test
    void keepsTheOrderOfUpsertsInAStorm() {
        long seed = Long.getLong("sluice.storm.seed", new Random().nextLong());
        try (FaultRun run = FaultRun.start(Map.of("write.method", "upsert"))) {
            run.proxy.rule(Storm.of(seed, 0.4));
            run.putInBatches(run.change(new Random(seed), 400, 40), 50);
            run.verify();
        }
    }
}
