package dev.sluice.api.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.DataException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OffsetValuesTest {
    private static final Map<String, Object> OFFSET = Map.of("lsn", 5L, "row", 7, "file", "a.log", "snapshot", true);

    @Test
    void readsEachTypeByName() {
        assertThat(OffsetValues.number(OFFSET, "lsn")).hasValue(5);
        assertThat(OffsetValues.number(OFFSET, "row")).hasValue(7);
        assertThat(OffsetValues.text(OFFSET, "file")).contains("a.log");
        assertThat(OffsetValues.flag(OFFSET, "snapshot")).contains(true);
    }

    @Test
    void findsNothingInANullMapOrUnderAnotherName() {
        assertThat(OffsetValues.number(null, "lsn")).isEmpty();
        assertThat(OffsetValues.text(OFFSET, "other")).isEmpty();
        assertThat(OffsetValues.flag(Map.of(), "snapshot")).isEmpty();
    }

    @Test
    void refusesAnotherTypeInWords() {
        assertThatThrownBy(() -> OffsetValues.number(OFFSET, "file"))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot use the stored value 'file': it is a String, expected a whole number. Reset the"
                        + " connector's offsets, or correct them.");
        assertThatThrownBy(() -> OffsetValues.text(OFFSET, "lsn"))
                .hasMessageContaining("it is a Long, expected a text");
        assertThatThrownBy(() -> OffsetValues.flag(OFFSET, "lsn")).hasMessageContaining("expected true or false");
    }
}
