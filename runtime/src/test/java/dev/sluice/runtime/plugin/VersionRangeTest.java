package dev.sluice.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    latest        | 1.0       | true
                    latest        | undefined | true
                    1.0           | 1.0       | true
                    1.0           | 1.0.0     | true
                    1.0           | 1.1       | false
                    1.0           | undefined | false
                    [1.0]         | 1.0       | true
                    [1.0]         | 1.1       | false
                    [1.0,2.0)     | 1.0       | true
                    [1.0,2.0)     | 1.9.9     | true
                    [1.0,2.0)     | 2.0       | false
                    (1.0,2.0]     | 1.0       | false
                    (1.0,2.0]     | 2.0       | true
                    (,1.5],[2.0,) | 1.4       | true
                    (,1.5],[2.0,) | 1.7       | false
                    (,1.5],[2.0,) | 3.1       | true
                    [1.0,)        | undefined | false
                    [ 1.0 , 2.0 ) | 1.5       | true
                    """)
    void versionsWithinTheRangeAreAccepted(String range, String version, boolean isAccepted) {
        assertThat(VersionRange.parse(range).accepts(version)).isEqualTo(isAccepted);
        assertThat(VersionRange.CHECK.accepts(range)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[",
                "[1.0",
                "1.0,2.0",
                "[]",
                "(1.0)",
                "[2.0,1.0]",
                "[1.0,2.0],",
                "[1.0,2.0]x",
                "1 0",
                "[1,2,3]"
            })
    void otherTextsAreRefused(String text) {
        assertThat(VersionRange.CHECK.accepts(text)).isFalse();
        assertThatThrownBy(() -> VersionRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it must be latest, a version, or a range such as [1.0,2.0)");
    }
}
