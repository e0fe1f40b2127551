package dev.sluice.connector.elasticsearch.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.connector.elasticsearch.bulk.FakeCluster.Call;
import dev.sluice.connector.elasticsearch.bulk.FakeCluster.Line;
import dev.sluice.connector.elasticsearch.client.Answer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the writer makes of the answers of a cluster. */
final class BulkWriterTest {
    private static final Duration SOON = Duration.ofMillis(150);

    private static List<String> ids(Call call) {
        return call.lines().stream().map(Line::id).toList();
    }

    private static void addVersioned(WriterFixture fixture, int count) {
        for (int i = 0; i < count; i++) {
            fixture.add(Items.versioned("d" + i, i, "{\"n\":" + i + "}"));
        }
    }

    @Test
    void sendsWhatIsAtHandWhenItIsPumped() {
        WriterFixture fixture = WriterFixture.withDefaults();
        addVersioned(fixture, 3);
        assertThat(fixture.cluster.calls).isEmpty();
        fixture.pump();
        Call call = fixture.call();
        assertThat(ids(call)).containsExactly("d0", "d1", "d2");
        fixture.cluster.answer(call);
        fixture.pump();
        assertThat(fixture.done).containsExactly("{\"n\":0}", "{\"n\":1}", "{\"n\":2}");
        assertThat(fixture.writer.unfinished()).isZero();
    }

    @Test
    void sendsFullRequestsAtOnce() {
        WriterFixture fixture = new WriterFixture(Map.of("batch.size", "2"));
        addVersioned(fixture, 5);
        assertThat(fixture.cluster.calls)
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.lines()).hasSize(2));
    }

    @Test
    void boundsTheBytesOfARequestButSendsALargerItemAlone() {
        WriterFixture fixture = new WriterFixture(Map.of("bulk.size.bytes", "200"));
        fixture.add(Items.versioned("a", 1, "{}"));
        fixture.add(Items.versioned("b", 1, "{\"n\":\"" + "x".repeat(500) + "\"}"));
        fixture.add(Items.versioned("c", 1, "{}"));
        fixture.pump();
        fixture.finishAll();
        assertThat(fixture.metrics.recorded("bulk-items", Map.of())).containsExactly(1.0, 1.0, 1.0);
    }

    @Test
    void lingersIfItIsToldTo() {
        WriterFixture fixture = new WriterFixture(Map.of("linger.ms", "500"));
        addVersioned(fixture, 1);
        fixture.pump();
        fixture.after(Duration.ofMillis(499));
        assertThat(fixture.cluster.calls).isEmpty();
        fixture.after(Duration.ofMillis(1));
        assertThat(fixture.cluster.calls).hasSize(1);
    }

    @Test
    void sendsOnlyTheRefusedItemsAgain() {
        WriterFixture fixture = WriterFixture.withDefaults();
        addVersioned(fixture, 3);
        fixture.pump();
        FakeCluster.answer(
                fixture.call(),
                List.of(
                        FakeCluster.item("index", 201),
                        FakeCluster.item("index", 429),
                        FakeCluster.item("index", 201)));
        fixture.pump();
        assertThat(fixture.done).containsExactly("{\"n\":0}", "{\"n\":2}");
        assertThat(fixture.cluster.calls).as("before the pause is over").isEmpty();
        fixture.after(SOON);
        assertThat(ids(fixture.call())).containsExactly("d1");
        assertThat(fixture.metrics.count("bulk-items-retried")).isEqualTo(1);
    }

    @Test
    void sendsAllAgainWhenTheWholeRequestIsRefused() {
        WriterFixture fixture = WriterFixture.withDefaults();
        addVersioned(fixture, 2);
        fixture.pump();
        FakeCluster.answer(fixture.call(), 503, "no healthy upstream");
        fixture.pump();
        fixture.after(SOON);
        assertThat(ids(fixture.call())).containsExactly("d0", "d1");
        assertThat(fixture.metrics.count("bulk-requests-failed")).isEqualTo(1);
    }

    @Test
    void comesAgainWhenTheServerSaysSo() {
        WriterFixture fixture = WriterFixture.withDefaults();
        addVersioned(fixture, 1);
        fixture.pump();
        boolean unused = fixture.call().answer().complete(new Answer(429, new byte[0], Duration.ofSeconds(20)));
        fixture.pump();
        fixture.after(Duration.ofSeconds(19));
        assertThat(fixture.cluster.calls).isEmpty();
        fixture.after(Duration.ofSeconds(2));
        assertThat(fixture.cluster.calls).hasSize(1);
    }

    @Test
    void pausesTwiceAsLongAfterEachFailure() {
        WriterFixture fixture = WriterFixture.withDefaults();
        addVersioned(fixture, 1);
        fixture.pump();
        for (long pause : new long[] {100, 200, 400, 800}) {
            FakeCluster.fail(fixture.call(), new IOException("Connection reset"));
            fixture.pump();
            fixture.after(Duration.ofMillis(pause - 1));
            assertThat(fixture.cluster.calls).as("before %s ms", pause).isEmpty();
            fixture.after(Duration.ofMillis(1));
            assertThat(fixture.cluster.calls).as("after %s ms", pause).hasSize(1);
        }
    }

    @Test
    void sendsFewerAtOnceWhereConnectionsAreCutUntilTheyPass() {
        WriterFixture fixture = new WriterFixture(Map.of("batch.size", "8"));
        addVersioned(fixture, 8);
        for (int tries = 0; fixture.writer.unfinished() > 0; tries++) {
            assertThat(tries).isLessThan(100);
            Call call = fixture.call();
            if (call.lines().size() > 3) {
                FakeCluster.fail(call, new IOException("Connection reset"));
            } else {
                fixture.cluster.answer(call);
            }
            fixture.pump();
            fixture.after(Duration.ofMinutes(1));
        }
        assertThat(fixture.done).hasSize(8);
    }

    @Test
    void waitsTwiceAsLongAfterEachTimeOut() {
        WriterFixture fixture = WriterFixture.withDefaults();
        addVersioned(fixture, 1);
        fixture.pump();
        for (int patience = 1; patience <= 64; patience *= 2) {
            Call call = fixture.call();
            assertThat(call.patience()).isEqualTo(patience);
            FakeCluster.fail(call, new SocketTimeoutException("3,000 milliseconds timeout"));
            fixture.pump();
            fixture.after(Duration.ofSeconds(31));
        }
        assertThat(fixture.call().patience()).as("at most").isEqualTo(64);
    }

    @Test
    void takesAnAnswerAboutOtherThanWhatWasSentForNone() {
        WriterFixture fixture = WriterFixture.withDefaults();
        addVersioned(fixture, 2);
        fixture.pump();
        FakeCluster.answer(fixture.call(), List.of(FakeCluster.item("index", 201)));
        fixture.pump();
        assertThat(fixture.done).isEmpty();
        fixture.after(SOON);
        Call again = fixture.call();
        FakeCluster.answer(again, 200, "<html>ok</html>");
        fixture.pump();
        fixture.after(Duration.ofMillis(250));
        fixture.cluster.answer(fixture.call());
        fixture.pump();
        assertThat(fixture.done).hasSize(2);
    }

    @Test
    void dividesWhatIsTooLarge() {
        WriterFixture fixture = WriterFixture.withDefaults();
        addVersioned(fixture, 4);
        fixture.pump();
        FakeCluster.answer(fixture.call(), 413, "");
        fixture.pump();
        assertThat(ids(fixture.call())).containsExactly("d0", "d1");
        assertThat(ids(fixture.call())).containsExactly("d2", "d3");
        assertThat(fixture.metrics.count("bulk-requests-split")).isEqualTo(1);
    }

    @Test
    void refusesOnlyTheItemThatIsTooLargeAlone() {
        WriterFixture fixture = WriterFixture.withDefaults();
        fixture.add(Items.versioned("a", 1, "{}"));
        fixture.add(Items.versioned("huge", 1, "{\"n\":\"" + "x".repeat(5_000) + "\"}"));
        fixture.add(Items.versioned("b", 1, "{}"));
        fixture.pump();
        while (fixture.writer.unfinished() > 0) {
            Call call = fixture.call();
            if (call.bytes() > 1_000) {
                FakeCluster.answer(call, 413, "");
            } else {
                fixture.cluster.answer(call);
            }
            fixture.pump();
        }
        assertThat(fixture.done).containsExactlyInAnyOrder("{}", "{}");
        assertThat(fixture.refused)
                .hasSize(1)
                .allSatisfy(each -> assertThat(each).endsWith(" status 413"));
    }

    @Test
    void dividesARequestThatIsMalformedUntilTheItemStandsAlone() {
        WriterFixture fixture = WriterFixture.withDefaults();
        addVersioned(fixture, 7);
        fixture.add(Items.versioned("bad", 1, "bad"));
        fixture.pump();
        while (fixture.writer.unfinished() > 0) {
            Call call = fixture.call();
            if (ids(call).contains("bad")) {
                FakeCluster.answer(
                        call,
                        400,
                        "{\"error\":{\"type\":\"action_request_validation_exception\",\"reason\":\"id is too long\"}}");
            } else {
                fixture.cluster.answer(call);
            }
            fixture.pump();
        }
        assertThat(fixture.done).hasSize(7);
        assertThat(fixture.refused)
                .containsExactly("bad action_request_validation_exception, status 400, id is too long");
    }

    @Test
    void blamesNoDocumentForWhatAProxyRefuses() {
        WriterFixture fixture = WriterFixture.withDefaults();
        addVersioned(fixture, 1);
        fixture.pump();
        FakeCluster.answer(fixture.call(), 400, "<html>The plain HTTP request was sent to HTTPS port</html>");
        assertThatThrownBy(fixture::pump)
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("The plain HTTP request was sent to HTTPS port");
        assertThat(fixture.refused).isEmpty();
    }

    @Test
    void tellsRefusedDocumentsAndConflictsFromDone() {
        WriterFixture fixture = WriterFixture.withDefaults();
        addVersioned(fixture, 4);
        fixture.pump();
        FakeCluster.answer(
                fixture.call(),
                List.of(
                        FakeCluster.item("index", 201),
                        FakeCluster.item("index", 409),
                        FakeCluster.item("index", 400),
                        FakeCluster.item("delete", 404)));
        fixture.pump();
        assertThat(fixture.done).containsExactly("{\"n\":0}", "{\"n\":3}");
        assertThat(fixture.conflicts).containsExactly("{\"n\":1}");
        assertThat(fixture.refused)
                .containsExactly("{\"n\":2} document_parsing_exception, status 400, failed to parse field [price]");
    }

    @Test
    void hasNothingLeftToDoWhereAnUpdateFindsNoDocument() {
        WriterFixture fixture = WriterFixture.withDefaults();
        addVersioned(fixture, 1);
        fixture.pump();
        FakeCluster.answer(
                fixture.call(),
                List.of("{\"update\":{\"status\":404"
                        + FakeCluster.error("document_missing_exception", "[d0]: document missing") + "}}"));
        fixture.pump();
        assertThat(fixture.done).containsExactly("{\"n\":0}");
        assertThat(fixture.refused).isEmpty();
    }

    @Test
    void makesAChangeAgainThatLostARaceAgainstAnotherWriter() {
        WriterFixture fixture = WriterFixture.withDefaults();
        fixture.add(Items.plain("a", "1"));
        fixture.add(Items.plain("b", "2"));
        fixture.pump();
        FakeCluster.answer(fixture.call(), List.of(FakeCluster.item("update", 409), FakeCluster.item("create", 409)));
        fixture.pump();
        assertThat(fixture.conflicts).as("only what may be left out").containsExactly("2");
        fixture.after(SOON);
        assertThat(ids(fixture.call())).containsExactly("a");
    }

    @Test
    void failsWithTheFixWhereTheUserMayNotWrite() {
        WriterFixture fixture = WriterFixture.withDefaults();
        addVersioned(fixture, 1);
        fixture.pump();
        FakeCluster.answer(
                fixture.call(),
                List.of("{\"index\":{\"status\":403" + FakeCluster.error("security_exception", "action is unauthorized")
                        + "}}"));
        assertThatThrownBy(fixture::pump)
                .isInstanceOf(ConnectorException.class)
                .hasMessage("Cannot write to the cluster: security_exception, status 403, action is unauthorized. Grant"
                        + " the user or API key the missing privilege.");
        assertThatThrownBy(() -> addVersioned(fixture, 1))
                .as("a failed writer takes nothing")
                .hasMessageContaining("security_exception");
    }

    @Test
    void waitsForAReadOnlyIndexAndSaysWhatToDo() {
        WriterFixture fixture = WriterFixture.withDefaults();
        addVersioned(fixture, 1);
        fixture.pump();
        String blocked = "{\"index\":{\"status\":403"
                + FakeCluster.error(
                        "cluster_block_exception",
                        "index [testing] blocked by: [FORBIDDEN/12/index read-only / allow delete (api)];")
                + "}}";
        Duration waited = Duration.ZERO;
        while (waited.toSeconds() < 5) {
            if (!fixture.cluster.calls.isEmpty()) {
                FakeCluster.answer(fixture.call(), List.of(blocked));
            }
            fixture.after(SOON);
            waited = waited.plus(SOON);
        }
        Trouble trouble = Objects.requireNonNull(fixture.writer.trouble());
        assertThat(trouble.message())
                .startsWith("Cannot write to the cluster since ")
                .contains("FORBIDDEN/12")
                .contains("Free disk space");
        fixture.finishAll();
        assertThat(fixture.done).hasSize(1);
        assertThat(fixture.writer.trouble()).isNull();
    }

    @Test
    void failsWhenOneItemWasTriedForTooLong() {
        WriterFixture fixture = new WriterFixture(Map.of("flush.timeout.ms", "60000"));
        addVersioned(fixture, 1);
        fixture.pump();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        if (!fixture.cluster.calls.isEmpty()) {
                            FakeCluster.fail(fixture.call(), new SocketTimeoutException("3,000 milliseconds timeout"));
                        }
                        fixture.after(Duration.ofSeconds(1));
                    }
                })
                .isInstanceOf(ConnectorException.class)
                .hasMessageMatching(
                        "Cannot write to the cluster since 6\\d s: no answer: .* raise read.timeout.ms .* It was tried"
                                + " for flush.timeout.ms \\(60000\\).");
    }

    @Test
    void countsRetriesOfWholeRequestsIfItIsTold() {
        WriterFixture fixture = new WriterFixture(Map.of("max.retries", "2"));
        addVersioned(fixture, 1);
        fixture.pump();
        for (int i = 0; i < 2; i++) {
            FakeCluster.fail(fixture.call(), new IOException("Connection refused"));
            fixture.pump();
            fixture.after(Duration.ofSeconds(1));
        }
        FakeCluster.fail(fixture.call(), new IOException("Connection refused"));
        assertThatThrownBy(fixture::pump).hasMessageEndingWith("It was tried again max.retries times (2).");
    }

    @Test
    void sendsFewerAndSmallerRequestsWhileTheClusterIsBusyAndMoreAfterIt() {
        WriterFixture fixture = new WriterFixture(Map.of("batch.size", "100"));
        addVersioned(fixture, 2_000);
        fixture.pump();
        for (int i = 0; i < 6; i++) {
            Call call = fixture.call();
            FakeCluster.answer(
                    call,
                    IntStream.range(0, call.lines().size())
                            .mapToObj(each -> FakeCluster.item("index", 429))
                            .toList());
            fixture.pump();
            fixture.after(Duration.ofSeconds(40));
        }
        assertThat(fixture.metrics.gauge("bulk-window", Map.of())).hasValue(1);
        assertThat(fixture.metrics.gauge("bulk-items-max", Map.of()).orElseThrow())
                .isLessThan(50);
        fixture.finishAll();
        assertThat(fixture.done).hasSize(2_000);
        assertThat(fixture.metrics.gauge("bulk-window", Map.of()).orElseThrow()).isGreaterThan(2);
        assertThat(fixture.metrics.gauge("bulk-items-max", Map.of())).hasValue(100);
    }

    @Test
    void keepsPlainOperationsOnOneDocumentInOrder() {
        WriterFixture fixture = WriterFixture.withDefaults();
        fixture.add(Items.plain("a", "1"));
        fixture.add(Items.plain("b", "2"));
        fixture.add(Items.plain("a", "3"));
        fixture.pump();
        Call first = fixture.call();
        assertThat(ids(first)).containsExactly("a", "b");
        assertThat(fixture.cluster.calls).as("while the first is in flight").isEmpty();
        FakeCluster.answer(first, List.of(FakeCluster.item("index", 429), FakeCluster.item("index", 201)));
        fixture.pump();
        fixture.after(SOON);
        assertThat(ids(fixture.cluster.calls.element()))
                .as("the refused one again, alone")
                .containsExactly("a");
        fixture.finishAll();
        assertThat(fixture.cluster.body("a")).hasValue("3");
    }

    @Test
    void letsADeleteWaitForWhatIsUnderWay() {
        WriterFixture fixture = WriterFixture.withDefaults();
        fixture.add(Items.versioned("a", 1, "1"));
        fixture.pump();
        fixture.add(Items.delete("a", 2, "gone"));
        fixture.add(Items.versioned("a", 3, "3"));
        fixture.pump();
        assertThat(fixture.cluster.calls).hasSize(1);
        fixture.cluster.answer(fixture.call());
        fixture.pump();
        assertThat(fixture.call().lines()).extracting(Line::op).containsExactly("delete");
    }

    @Test
    void hasRoomWithinItsBounds() {
        WriterFixture records = new WriterFixture(Map.of("max.buffered.records", "3"));
        addVersioned(records, 2);
        assertThat(records.writer.hasRoom()).isTrue();
        addVersioned(records, 1);
        assertThat(records.writer.hasRoom()).isFalse();
        WriterFixture bytes = new WriterFixture(Map.of("max.buffered.bytes", "100"));
        addVersioned(bytes, 2);
        assertThat(bytes.writer.hasRoom()).isFalse();
        bytes.finishAll();
        assertThat(bytes.writer.hasMuchRoom()).isTrue();
    }
}
