package dev.sluice.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.connector.jdbc.table.TableId;
import dev.sluice.testkit.fake.FakeOffsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadPlanTest {
    private static final Target TARGET = new Target(TableId.of("public", "big"), null);

    @Test
    void isFoundFromTheOffsetOfAnyPart() {
        LoadPlan plan = new LoadPlan(812, 5_000_000L, List.of(-3L, 10L, 20L));
        FakeOffsets offsets = new FakeOffsets();
        offsets.store(new SourcePosition(plan.partition(TARGET, 1), Map.of("timestamp", 4L)));
        assertThat(LoadPlan.stored(TARGET, Mode.TIMESTAMP, offsets)).isEqualTo(plan);
        assertThat(LoadPlan.stored(TARGET, Mode.INCREMENTING, offsets)).isNull();
        assertThat(LoadPlan.stored(new Target(TableId.of("public", "bi"), null), Mode.TIMESTAMP, offsets))
                .isNull();
    }

    @Test
    void knowsWhichPartsAreOpen() {
        LoadPlan plan = new LoadPlan(812, null, List.of(10L, 20L, 30L));
        FakeOffsets offsets = new FakeOffsets();
        offsets.store(new SourcePosition(plan.partition(TARGET, 0), LoadPlan.done(null)));
        offsets.store(new SourcePosition(plan.partition(TARGET, 1), Map.of("incrementing", 15L)));
        assertThat(plan.open(TARGET, offsets)).containsExactly(1, 2);
    }

    @Test
    void letsTheStreamBeginAsIfOneRoundHadBeenRead() {
        Map<String, ?> offset = new LoadPlan(812, null, List.of(10L, 20L)).streamOffset();
        assertThat(offset.get("incrementing")).isEqualTo(20L);
        assertThat(offset.get("round"))
                .isEqualTo(Map.of("done", Map.of("xmin", 812L, "seen", ""), "doing", Map.of("xmin", 812L, "seen", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1:2", "x:-:3", "1:-:", "1:-:3,b"})
    void refusesWhatIsNoPlan(String text) {
        assertThatThrownBy(() -> LoadPlan.parse(text))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot use the stored plan of a load '" + text
                        + "': expected id:microsecond:end,end. Reset the connector's offsets, or correct them.");
    }
}
