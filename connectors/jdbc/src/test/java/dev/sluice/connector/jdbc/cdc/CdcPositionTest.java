package dev.sluice.connector.jdbc.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.connector.jdbc.cdc.CdcPosition.SnapshotPlace;
import dev.sluice.testkit.fake.FakeOffsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CdcPositionTest {
    private static final Map<String, Object> PARTITION = Map.of("slot", "s");

    static List<CdcPosition> positions() {
        return List.of(
                CdcPosition.at(Lsn.parse("FFFFFFFF/FFFFFFFF")),
                new CdcPosition(new Lsn(1), 7, 2, null),
                new CdcPosition(new Lsn(1), 0, 0, new SnapshotPlace("\"a\".\"b\"", List.of("1", "x"), 9, List.of())),
                new CdcPosition(
                        new Lsn(1), 0, 0, new SnapshotPlace("\"a\".\"b\"", List.of(), 9, List.of("\"a\".\"b\""))));
    }

    @ParameterizedTest
    @MethodSource("positions")
    void comesBackFromTheStore(CdcPosition position) {
        FakeOffsets offsets = new FakeOffsets();
        offsets.store(position.toSource(CdcPosition.partition("s")));
        assertThat(CdcPosition.of(Objects.requireNonNull(offsets.offset(PARTITION))))
                .isEqualTo(position);
    }

    @Test
    void takesANumberAsDebeziumStoresIt() {
        assertThat(CdcPosition.of(Map.of("lsn", 23_837_512L))).isEqualTo(CdcPosition.at(new Lsn(23_837_512)));
    }

    @Test
    void refusesNonsenseInWords() {
        assertThatThrownBy(() -> CdcPosition.of(Map.of("index", 1L)))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "Cannot use the offset of a change stream: of its 'lsn', 'null' is no place in the log such as"
                                + " 16/B374D848. Expected was {\"lsn\": \"16/B374D848\", \"index\": 0}. Reset the connector's"
                                + " offsets, or correct them.");
        assertThatThrownBy(() -> CdcPosition.of(Map.of("lsn", "0/1", "index", -1L)))
                .hasMessageContaining("of its 'index', -1 is less than 0");
        assertThatThrownBy(() -> CdcPosition.of(Map.of("lsn", "0/1", "snapshot", true, "key", "x")))
                .hasMessageContaining("of its 'key', it is no list of texts");
    }

    @Test
    void letsUsersSetWhatIsUsable() {
        SourcePosition position = CdcPosition.at(new Lsn(5)).toSource(CdcPosition.partition("s"));
        assertThatCode(() -> CdcOffsets.requireUsable(position.partition(), position.offset()))
                .doesNotThrowAnyException();
        assertThatCode(() -> CdcOffsets.requireUsable(position.partition(), null))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> CdcOffsets.requireUsable(Map.of("slot", 1L), null))
                .isInstanceOf(ConnectorException.class)
                .hasMessage(
                        "Cannot alter the offset of partition {slot=1}: it must name a replication slot. Write it as"
                                + " {\"slot\": \"<slot.name>\"}.");
        assertThatThrownBy(() -> CdcOffsets.requireUsable(PARTITION, Map.of("lsn", "x")))
                .hasMessageStartingWith("Cannot alter the offset of partition {slot=s}: ");
    }
}
