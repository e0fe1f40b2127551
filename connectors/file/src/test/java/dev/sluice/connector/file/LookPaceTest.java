package dev.sluice.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LookPaceTest {
    @ParameterizedTest
    @CsvSource({"0, 100", "1000, 100", "1010, 101", "5000, 500", "8000, 800", "9000, 800", "86400000, 800"})
    void growsWithTheQuiet(long quietMillis, long pauseMillis) {
        assertThat(LookPace.GROWING.pauseMillis(quietMillis)).isEqualTo(pauseMillis);
    }

    @ParameterizedTest
    @CsvSource({"0", "86400000"})
    void staysAsTheUserSaid(long quietMillis) {
        assertThat(LookPace.fixed(5_000).pauseMillis(quietMillis)).isEqualTo(5_000);
    }

    @Test
    void isSlowestWhereItGrowsNoMore() {
        assertThat(LookPace.GROWING.isSlowest(7_990)).isFalse();
        assertThat(LookPace.GROWING.isSlowest(8_000)).isTrue();
        assertThat(LookPace.fixed(5).isSlowest(86_400_000)).isFalse();
    }

    @Test
    void needsAPause() {
        assertThatThrownBy(() -> LookPace.fixed(0)).hasMessage("pauses from 0 to 0 ms");
    }
}
