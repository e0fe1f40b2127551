package dev.sluice.connector.jdbc.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.ConnectorException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CopyRowTest {
    private static Tuple read(String line, int count) {
        return CopyRow.read(line.getBytes(StandardCharsets.UTF_8), count);
    }

    @Test
    void readsValuesNullsAndEmptyTexts() {
        assertThat(read("1\t\\N\t\tü\n", 4)).isEqualTo(Tuple.of("1", null, "", "ü"));
    }

    @Test
    void takesBackslashesAway() {
        assertThat(read("a\\tb\\n\\\\N\\b\\f\\r\\v\t\\N\n", 2)).isEqualTo(Tuple.of("a\tb\n\\N\b\f\r\u000B", null));
    }

    @Test
    void readsOneColumn() {
        assertThat(read("\n", 1)).isEqualTo(Tuple.of(""));
        assertThat(read("\\N\n", 1)).isEqualTo(Tuple.of(new String[] {null}));
    }

    @Test
    void readsATableWithoutColumns() {
        assertThat(read("\n", 0).size()).isZero();
    }

    @Test
    void refusesTooFewAndTooMany() {
        assertThatThrownBy(() -> read("1\n", 2))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("it has 1 values or more, expected 2");
        assertThatThrownBy(() -> read("1\t2\t3\n", 2)).hasMessageContaining("it has 3 values or more, expected 2");
    }
}
