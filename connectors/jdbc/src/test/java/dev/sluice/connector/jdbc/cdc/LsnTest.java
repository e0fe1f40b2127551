package dev.sluice.connector.jdbc.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LsnTest {
    @ParameterizedTest
    @ValueSource(strings = {"0/0", "0/16B3748", "16/B374D848", "FFFFFFFF/FFFFFFFF"})
    void readsWhatItWrites(String text) {
        assertThat(Lsn.parse(text)).hasToString(text);
    }

    @Test
    void ordersWithoutSign() {
        assertThat(Lsn.parse("FFFFFFFF/0").isAfter(Lsn.parse("1/0"))).isTrue();
        assertThat(Lsn.parse("0/1").max(Lsn.parse("0/2"))).isEqualTo(new Lsn(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "16", "16/", "/1", "x/1", "123456789/1", "1/2/3"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Lsn.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is no place in the log such as 16/B374D848");
    }
}
