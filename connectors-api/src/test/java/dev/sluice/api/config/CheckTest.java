package dev.sluice.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckTest {

    @Test
    void betweenIncludesBothLimits() {
        Check<Integer> check = Check.between(1, 10);

        assertThat(check.words()).isEqualTo("between 1 and 10");
        assertThat(check.accepts(0)).isFalse();
        assertThat(check.accepts(1)).isTrue();
        assertThat(check.accepts(2)).isTrue();
        assertThat(check.accepts(9)).isTrue();
        assertThat(check.accepts(10)).isTrue();
        assertThat(check.accepts(11)).isFalse();
    }

    @Test
    void betweenRefusesLimitsThatLeaveNothing() {
        assertThatThrownBy(() -> Check.between(2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot check between 2 and 1: nothing lies there.");
    }

    @Test
    void atLeastAndAtMostIncludeTheLimit() {
        assertThat(Check.atLeast(5L).accepts(4L)).isFalse();
        assertThat(Check.atLeast(5L).accepts(5L)).isTrue();
        assertThat(Check.atLeast(5L).accepts(6L)).isTrue();
        assertThat(Check.atMost(5L).accepts(4L)).isTrue();
        assertThat(Check.atMost(5L).accepts(5L)).isTrue();
        assertThat(Check.atMost(5L).accepts(6L)).isFalse();
        assertThat(Check.atMost(5L).words()).isEqualTo("at most 5");
    }

    @Test
    void showsDurationsAsTheyAreWritten() {
        assertThat(Check.atLeast(Duration.ofSeconds(10)).words()).isEqualTo("at least 10s");
        assertThat(Check.between(Duration.ZERO, Duration.ofDays(1)).words()).isEqualTo("between 0ms and 1d");
    }

    @Test
    void oneOfKnowsItsWords() {
        assertThat(Check.oneOf("a", "b").accepts("a")).isTrue();
        assertThat(Check.oneOf("a", "b").accepts("A")).isFalse();
        assertThat(Check.oneOf("a", "b").words()).isEqualTo("one of a, b");
        assertThat(Check.oneOfIgnoringCase("a", "b").accepts("B")).isTrue();
        assertThat(Check.oneOfIgnoringCase("a", "b").accepts("c")).isFalse();
        assertThat(Check.oneOfIgnoringCase("a", "b").words()).isEqualTo("one of a, b (in any case)");
    }

    @Test
    void looksAtTexts() {
        assertThat(Check.nonEmpty().accepts(" ")).isFalse();
        assertThat(Check.nonEmpty().accepts("a")).isTrue();
        assertThat(Check.noControlCharacters().accepts("a\tb")).isFalse();
        assertThat(Check.noControlCharacters().accepts("a b")).isTrue();
        assertThat(Check.matching("[a-z]+").accepts("abc")).isTrue();
        assertThat(Check.matching("[a-z]+").accepts("abc1")).isFalse();
        assertThat(Check.matching("[a-z]+").problem("1")).isEqualTo("it must be a text that matches [a-z]+");
    }

    @Test
    void looksAtLists() {
        assertThat(Check.nonEmptyList().accepts(List.of())).isFalse();
        assertThat(Check.nonEmptyList().accepts(List.of(1))).isTrue();
        assertThat(Check.lengthAtMost(1).accepts(List.of(1))).isTrue();
        assertThat(Check.lengthAtMost(1).accepts(List.of(1, 2))).isFalse();
        assertThat(Check.distinct().accepts(List.of("a", "b"))).isTrue();
        assertThat(Check.distinct().accepts(List.of("a", "b", "a"))).isFalse();
        assertThat(Check.each(Check.atLeast(1)).accepts(List.of(1, 2))).isTrue();
        assertThat(Check.each(Check.atLeast(1)).accepts(List.of(1, 0))).isFalse();
        assertThat(Check.each(Check.atLeast(1)).words()).isEqualTo("a list of which each element is at least 1");
    }

    @Test
    void combinesChecks() {
        Check<Integer> noneOrSome = Check.atMost(0).and(Check.atLeast(0)).or(Check.atLeast(10));

        assertThat(noneOrSome.accepts(0)).isTrue();
        assertThat(noneOrSome.accepts(5)).isFalse();
        assertThat(noneOrSome.accepts(10)).isTrue();
        assertThat(noneOrSome.words()).isEqualTo("at most 0 and at least 0 or at least 10");
    }

    @Test
    void takesChecksOfOnesOwn() {
        Check<Integer> even = Check.of("an even number", number -> number % 2 == 0);

        assertThat(even.accepts(2)).isTrue();
        assertThat(even.problem(3)).isEqualTo("it must be an even number");
    }
}
