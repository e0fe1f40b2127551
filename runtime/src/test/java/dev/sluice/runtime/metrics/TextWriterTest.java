package dev.sluice.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextWriterTest {
    private final TextWriter out = new TextWriter(16);

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-3, -3",
        "123456789012, 123456789012",
        "0.5, 0.5",
        "-0.25, -0.25",
        "1234.000001, 1234.000001",
        "0.000000001, 0.000000001",
        "0.0000000001, 0",
        "999999.9999999999, 1000000",
        "9.00000000075E9, 9.00000000075E9",
        "1E300, 1.0E300"
    })
    void numbersAreShortAndRightToABillionth(double value, String text) {
        out.sample("a", "", value);

        assertThat(out.toString()).isEqualTo("a " + text + "\n");
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        out.sample("a", "", Double.NaN);

        assertThat(out.toString()).isEmpty();
    }

    @Test
    void helpAndLabelsStayInOneLine() {
        out.begin("a", "gauge", "One\ntwo \\ three.");
        out.one("a", LabelText.of(List.of("x"), List.of("q\"\\\n")), "state", "b");

        assertThat(out.toString())
                .isEqualTo("# HELP a One\\ntwo \\\\ three.\n# TYPE a gauge\na{x=\"q\\\"\\\\\\n\",state=\"b\"} 1\n");
    }

    @Test
    void namesHaveOnlyLettersThatNamesMayHave() {
        assertThat(LabelText.name("9rows.per-second/ü")).isEqualTo("_rows_per_second__");
    }
}
