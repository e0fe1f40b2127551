package dev.sluice.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskBoundaryTest {
    private final TaskBoundary boundary = new TaskBoundary();
    private final SourceRecord a = record("a");
    private final SourceRecord b = record("b");
    private final SourceRecord c = record("c");

    private static SourceRecord record(String value) {
        return SourceRecord.of(
                "topic", SchemaAndValue.string(value), new SourcePosition(Map.of("p", 1), Map.of("o", value)));
    }

    /** Pieces as words, such as {@code ab COMMIT}. */
    private List<String> divide(SourceRecord... polled) {
        return boundary.divide(List.of(polled)).stream()
                .map(piece -> piece.records().stream()
                                .map(record -> String.valueOf(record.value().value()))
                                .reduce("", String::concat)
                        + " " + piece.end())
                .toList();
    }

    @Test
    void keepsTheTransactionOpenUnlessAsked() {
        assertThat(divide(a, b)).containsExactly("ab KEEP_OPEN");
        assertThat(divide()).containsExactly(" KEEP_OPEN");
        assertThat(boundary.commitsAtStop()).isFalse();
    }

    @Test
    void endsAfterTheBatch() {
        boundary.commit();
        assertThat(divide(a, b)).containsExactly("ab COMMIT");
        boundary.abort();
        assertThat(divide(c)).containsExactly("c DISCARD");
        boundary.commit();
        assertThat(divide()).as("an empty batch ends what is open").containsExactly(" COMMIT");
        assertThat(divide(a)).as("a wish holds for one batch").containsExactly("a KEEP_OPEN");
    }

    @Test
    void endsAfterRecords() {
        boundary.commitAfter(a);
        boundary.abortAfter(b);
        assertThat(divide(a, b, c)).containsExactly("a COMMIT", "b DISCARD", "c KEEP_OPEN");
        boundary.commitAfter(b);
        assertThat(divide(a, b)).containsExactly("ab COMMIT");
        boundary.commitAfter(b);
        boundary.commit();
        assertThat(divide(a, b)).containsExactly("ab COMMIT", " COMMIT");
    }

    @Test
    void tellsRecordsApartByIdentity() {
        SourceRecord twin = record("a");
        boundary.commitAfter(twin);
        assertThat(divide(a, twin, b)).containsExactly("aa COMMIT", "b KEEP_OPEN");
    }

    @Test
    void refusesWhatContradictsItself() {
        boundary.commit();
        assertThatThrownBy(boundary::abort)
                .isInstanceOf(ConnectorException.class)
                .hasMessage("Cannot both commit and abort the transaction after the batch: only one can happen."
                        + " Correct the plugin.");
        boundary.abortAfter(a);
        assertThatThrownBy(() -> boundary.commitAfter(a))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("after a record");
    }

    @Test
    void refusesARecordThatPollDidNotReturn() {
        boundary.commitAfter(c);
        assertThatThrownBy(() -> boundary.divide(List.of(a, b)))
                .isInstanceOf(ConnectorException.class)
                .hasMessage("Cannot end a transaction after a record that poll did not return: 1 of these."
                        + " Name records of the batch that the call returns.");
    }
}
