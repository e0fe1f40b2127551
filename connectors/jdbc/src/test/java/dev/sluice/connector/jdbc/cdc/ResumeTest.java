package dev.sluice.connector.jdbc.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.connector.jdbc.cdc.CdcPosition.SnapshotPlace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResumeTest {
    private static final ServerFacts SERVER = new ServerFacts("db", "me", "logical", true, 3, new Lsn(1_000));
    private static final CdcPosition AT_500 = CdcPosition.at(new Lsn(500));
    private static final CdcPosition IN_SNAPSHOT =
            new CdcPosition(new Lsn(400), 0, 0, new SnapshotPlace("\"t\"", List.of("1"), 1, List.of()));

    private static Resume decide(String mode, @Nullable CdcPosition stored, @Nullable SlotState slot) {
        return decide(Map.of("snapshot.mode", mode), stored, slot);
    }

    private static Resume decide(Map<String, String> settings, @Nullable CdcPosition stored, @Nullable SlotState slot) {
        CdcConfig config = CdcConfig.of(CdcConfig.SPEC.parse(new java.util.HashMap<>(settings)));
        return Resume.decide(config, SERVER, stored, Optional.ofNullable(slot));
    }

    private static SlotState slot(long confirmed) {
        return new SlotState("pgoutput", "db", 0, new Lsn(confirmed), "reserved", "");
    }

    private static SlotState lost() {
        return new SlotState("pgoutput", "db", 0, null, "lost", "");
    }

    @Test
    void beginsWithANewSlotAndItsSnapshot() {
        assertThat(decide("initial", null, null)).isEqualTo(new Resume(true, true, true, null));
        assertThat(decide("never", null, null)).isEqualTo(new Resume(true, false, true, null));
        assertThat(decide("no_data", null, null)).isEqualTo(new Resume(true, false, true, null));
    }

    @Test
    void beginsWhereASlotStandsThatIsThere() {
        CdcPosition there = CdcPosition.at(new Lsn(300));
        assertThat(decide("initial", null, slot(300))).isEqualTo(new Resume(false, true, true, there));
        assertThat(decide("never", null, slot(300))).isEqualTo(new Resume(false, false, true, there));
    }

    @Test
    void goesOnBehindWhatIsStored() {
        assertThat(decide("initial", AT_500, slot(300))).isEqualTo(new Resume(false, false, true, AT_500));
        assertThat(decide("initial", AT_500, slot(500))).isEqualTo(new Resume(false, false, true, AT_500));
        assertThat(decide("initial", IN_SNAPSHOT, slot(400))).isEqualTo(new Resume(false, true, true, IN_SNAPSHOT));
    }

    @Test
    void readsTablesWithoutASlotIfNoStreamFollows() {
        assertThat(decide("initial_only", null, null))
                .isEqualTo(new Resume(false, true, false, CdcPosition.at(new Lsn(1_000))));
        assertThat(decide("initial_only", AT_500, null)).isEqualTo(new Resume(false, false, false, AT_500));
        assertThat(decide("initial_only", IN_SNAPSHOT, null)).isEqualTo(new Resume(false, true, false, IN_SNAPSHOT));
    }

    @Test
    void neverGoesOnInSilenceWhereTheSlotIsAhead() {
        assertThatThrownBy(() -> decide("initial", AT_500, slot(501)))
                .isInstanceOf(ConnectorException.class)
                .hasMessageStartingWith(
                        "Cannot go on at 0/1F4 with replication slot sluice: the slot stands at 0/1F5, and"
                                + " what changed between is gone.")
                .hasMessageContaining("slot.ahead.accept=true");
        assertThat(decide(Map.of("slot.ahead.accept", "true"), AT_500, slot(501)))
                .isEqualTo(new Resume(false, false, true, CdcPosition.at(new Lsn(501))));
    }

    @ParameterizedTest
    @CsvSource({"initial", "never"})
    void neverGoesOnInSilenceWithoutASlot(String mode) {
        assertThatThrownBy(() -> decide(mode, AT_500, null))
                .isInstanceOf(ConnectorException.class)
                .hasMessageStartingWith(
                        "Cannot go on with replication slot sluice: it does not exist on this server any"
                                + " more, and with it what changed after 0/1F4. Set snapshot.mode=when_needed");
        assertThatThrownBy(() -> decide(mode, AT_500, lost()))
                .hasMessageContaining("the server threw away the log that it needs (wal_status=lost)");
        assertThatThrownBy(() -> decide(mode, null, lost())).hasMessageContaining("wal_status=lost");
    }

    @Test
    void beginsAnewWithoutASlotIfAllowed() {
        assertThat(decide("when_needed", AT_500, null)).isEqualTo(new Resume(true, true, true, null));
        assertThat(decide("when_needed", AT_500, lost())).isEqualTo(new Resume(true, true, true, null));
        assertThat(decide("when_needed", IN_SNAPSHOT, null)).isEqualTo(new Resume(true, true, true, null));
        assertThat(decide("when_needed", AT_500, slot(400))).isEqualTo(new Resume(false, false, true, AT_500));
    }

    @Test
    void saysSoWhereTheServerIsBehind() {
        assertThatThrownBy(() -> decide("initial", CdcPosition.at(new Lsn(1_001)), slot(400)))
                .hasMessageStartingWith("Cannot go on at 0/3E9 with replication slot sluice: the server's log ends at"
                        + " 0/3E8. It was restored from a backup");
    }

    @Test
    void refusesSlotsOfOthers() {
        assertThatThrownBy(
                        () -> decide("initial", null, new SlotState("wal2json", "db", 0, new Lsn(1), "reserved", "")))
                .hasMessage("Cannot use replication slot sluice: its output plugin is wal2json, expected pgoutput. Set"
                        + " another slot.name.");
        assertThatThrownBy(() -> decide("initial", null, new SlotState(null, null, 0, null, "reserved", "")))
                .hasMessageContaining("none, as it is for physical replication");
        assertThatThrownBy(() ->
                        decide("initial", null, new SlotState("pgoutput", "other", 0, new Lsn(1), "reserved", "")))
                .hasMessageContaining("it belongs to database other, and connection.url names db");
    }
}
