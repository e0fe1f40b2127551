package dev.sluice.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListTypeTest {

    private static final ConfigType<List<String>> TEXTS =
            ConfigKey.list("topics").type();
    private static final ConfigType<List<Integer>> NUMBERS =
            ConfigKey.listOf("ports", ScalarTypes.INT).type();

    @Test
    void takesBlanksOffElements() {
        assertThat(TEXTS.parse(" a ,b,\tc d ")).containsExactly("a", "b", "c d");
    }

    @Test
    void takesTheEmptyTextForTheEmptyList() {
        assertThat(TEXTS.parse("")).isEmpty();
        assertThat(TEXTS.parse("  ")).isEmpty();
        assertThat(TEXTS.format(List.of())).isEmpty();
    }

    @Test
    void refusesAnEmptyElementInsteadOfDroppingIt() {
        assertThatThrownBy(() -> TEXTS.parse("a,,b")).hasMessage("element 2 of the list is empty");
        assertThatThrownBy(() -> TEXTS.parse("a,")).hasMessage("element 2 of the list is empty");
    }

    @Test
    void readsElementsOfATypeAndSaysWhichIsWrong() {
        assertThat(NUMBERS.parse("1, 2")).containsExactly(1, 2);
        assertThatThrownBy(() -> NUMBERS.parse("1,x"))
                .hasMessage("of element 2 of the list, it must be a whole number between -2147483648 and 2147483647");
    }

    @Test
    void writesWhatItReadsAgain() {
        assertThat(TEXTS.parse(TEXTS.format(List.of("a", "b c")))).containsExactly("a", "b c");
        assertThat(NUMBERS.format(List.of(1, -2))).isEqualTo("1,-2");
    }

    @Test
    void refusesToWriteWhatItCouldNotReadAgain() {
        assertThatThrownBy(() -> ConfigKey.list("topics").defaultsTo(List.of("a,b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot write element 'a,b' in a list: it is empty or contains a comma or outer blanks.");
    }

    @Test
    void returnsListsThatNobodyCanChange() {
        List<String> list = TEXTS.parse("a,b");

        assertThatThrownBy(() -> list.add("c")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void isSecretIfItsElementsAre() {
        assertThat(ConfigKey.listOf("keys", ScalarTypes.PASSWORD).isSecret()).isTrue();
        assertThat(ConfigKey.list("topics").isSecret()).isFalse();
    }
}
