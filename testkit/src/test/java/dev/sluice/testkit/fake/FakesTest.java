package dev.sluice.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.connector.Progress;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.TopicPartition;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FakesTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
    private static final Map<String, Object> FILE = Map.of("file", "a", "share", 1);

    @Test
    void givesOffsetsBackAsFromJson() {
        FakeOffsets offsets = new FakeOffsets();
        offsets.store(new SourcePosition(FILE, Map.of("int", 7, "float", 0.1f, "list", List.of((short) 1, true))));
        assertThat(offsets.offset(Map.of("file", "a", "share", 1L)))
                .containsEntry("int", 7L)
                .containsEntry("float", 0.1)
                .containsEntry("list", List.of(1L, true));
        assertThat(offsets.offsets(List.of(FILE, Map.of("file", "b")))).hasSize(1);
        offsets.reset(FILE);
        assertThat(offsets.all()).isEmpty();
    }

    @Test
    void copiesOffsetsWithoutSharingThem() {
        FakeOffsets offsets = new FakeOffsets();
        FakeOffsets copy = offsets.copy();
        offsets.store(new SourcePosition(FILE, Map.of("next", 1)));
        assertThat(copy.all()).isEmpty();
    }

    @Test
    void refusesOffsetsThatJsonCannotHold() {
        assertThatThrownBy(() -> StoredJson.map(Map.of("at", List.of(Instant.EPOCH)), "offset"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot store offset.at[0] as JSON: it holds a java.time.Instant. Use null, booleans, numbers,"
                                + " strings, and lists or maps of these.");
        assertThatThrownBy(() -> StoredJson.map(Map.of(1, 2), "offset"))
                .hasMessageContaining("it holds a key of class java.lang.Integer");
        assertThatThrownBy(() -> StoredJson.value(Double.NaN, "offset")).hasMessageContaining("the number NaN");
        assertThatThrownBy(() -> StoredJson.value(BigInteger.ONE.shiftLeft(63), "offset"))
                .hasMessageContaining("a whole number of more than 64 bits");
    }

    @Test
    void startsTheNextRunWithTheSameOffsetsAndAGreaterEpoch() {
        FakeSourceTaskContext first = new FakeSourceTaskContext();
        first.advance(new SourcePosition(FILE, Map.of("next", 3)));
        FakeSourceTaskContext second = first.restarted();
        assertThat(first.advances()).hasSize(1);
        assertThat(second.offsets().offset(FILE)).containsEntry("next", 3L);
        assertThat(second.taskEpoch()).isGreaterThan(first.taskEpoch());
        assertThat(second.advances()).isEmpty();
    }

    @Test
    void recordsTransactionBoundariesOnlyWhereAllowed() {
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        assertThat(context.transaction()).isEmpty();
        FakeTransactionBoundaries recorded = context.allowTransactions();
        context.transaction().orElseThrow().commit();
        context.transaction().orElseThrow().abort();
        assertThat(recorded.boundaries())
                .extracting(FakeTransactionBoundaries.Boundary::aborted)
                .containsExactly(false, true);
    }

    @Test
    void recordsWhatASinkAsksFor() {
        FakeSinkTaskContext context = new FakeSinkTaskContext();
        context.assign(List.of(PARTITION));
        context.seek(Map.of(PARTITION, 5L));
        context.pause(List.of(PARTITION));
        context.retryAfter(Duration.ofSeconds(3));
        context.requestCommit();
        context.progress(new Progress("load", 1, OptionalLong.of(2), "rows"));
        assertThat(context.takeSeeks()).containsEntry(PARTITION, 5L);
        assertThat(context.takeSeeks()).isEmpty();
        assertThat(context.paused()).containsExactly(PARTITION);
        assertThat(context.retryPauses()).containsExactly(Duration.ofSeconds(3));
        assertThat(context.commitRequestCount()).isEqualTo(1);
        assertThat(context.progressReports()).hasSize(1);
        context.revoke(List.of(PARTITION));
        assertThat(context.paused()).isEmpty();
    }

    @Test
    void refusesSeeksOutsideTheAssignment() {
        assertThatThrownBy(() -> new FakeSinkTaskContext().seek(Map.of(PARTITION, 5L)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Cannot seek partitions [orders-0]: assigned are []. Use only partitions that were opened.");
    }

    @Test
    void collectsErrantRecordsUpToTheLimit() {
        FakeSinkTaskContext context = new FakeSinkTaskContext();
        assertThat(context.errantRecords()).isEmpty();
        FakeErrantRecords errant = context.tolerateErrors(1);
        SinkRecord record = SinkRecord.of(new RecordCoordinates(PARTITION, 1), SchemaAndValue.NULL);
        DataException failure = new DataException("Cannot use it.");
        context.errantRecords().orElseThrow().report(record, failure);
        assertThat(errant.reports()).containsExactly(new FakeErrantRecords.Report(record, failure));
        assertThatThrownBy(() -> errant.report(record, failure))
                .isInstanceOf(ConnectorException.class)
                .hasMessage("Cannot tolerate another errant record: the limit is 1.");
    }

    @Test
    void collectsMetricsByNameAndTags() {
        FakeMetrics metrics = new FakeConnectorContext().metrics();
        metrics.counter("retries", "Retries.", Map.of("node", "a")).add(2);
        metrics.counter("retries", "Retries.", Map.of("node", "b")).add(3);
        metrics.histogram("latency-ms", "Latency.", Map.of()).record(1.5);
        metrics.gauge("lag", "Lag.", Map.of(), () -> 9);
        assertThat(metrics.count("retries")).isEqualTo(5);
        assertThat(metrics.count("retries", Map.of("node", "b"))).isEqualTo(3);
        assertThat(metrics.recorded("latency-ms", Map.of())).containsExactly(1.5);
        assertThat(metrics.gauge("lag", Map.of())).hasValue(9);
        assertThatThrownBy(
                        () -> metrics.counter("retries", "Retries.", Map.of()).add(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot add -1 to counter retries: it only grows.");
    }

    @Test
    void countsWhatAConnectorAsksFor() {
        FakeConnectorContext context = new FakeConnectorContext();
        context.requestTaskReconfiguration();
        context.raiseError(new IllegalStateException("Gone."));
        assertThat(context.reconfigurationRequestCount()).isEqualTo(1);
        assertThat(context.errors()).hasSize(1);
        assertThat(context.offsets().all()).isEmpty();
    }
}
