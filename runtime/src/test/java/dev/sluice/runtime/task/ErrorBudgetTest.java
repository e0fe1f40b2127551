package dev.sluice.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.config.BudgetSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ErrorBudgetTest {
    private final ErrorBudget budget = new ErrorBudget(new BudgetSettings(3, Duration.ofNanos(100)));

    @Test
    void allowsAsManyAsItSaysWithinTheWindow() {
        for (int i = 0; i < 3; i++) {
            assertThat(budget.isLeft(i)).isTrue();
            budget.take(i);
        }
        assertThat(budget.isLeft(3)).isFalse();
        assertThat(budget.isLeft(100)).isFalse();
    }

    @Test
    void theWindowSlidesOverEachRecord() {
        budget.take(0);
        budget.take(50);
        budget.take(60);
        assertThat(budget.isLeft(101)).isTrue();
        budget.take(101);
        assertThat(budget.isLeft(150)).isFalse();
        assertThat(budget.isLeft(151)).isTrue();
    }

    @Test
    void goesOnCountingWhatPassesIt() {
        for (int i = 0; i < 5; i++) {
            budget.take(i * 10L);
        }
        assertThat(budget.isLeft(120)).isFalse();
        assertThat(budget.isLeft(121)).isTrue();
    }

    @Test
    void isFullAgainAfterAReset() {
        for (int i = 0; i < 3; i++) {
            budget.take(0);
        }
        budget.reset();
        assertThat(budget.isLeft(0)).isTrue();
    }

    @Test
    void worksWithTheNegativeTimesThatNanoClocksMayHave() {
        for (int i = 0; i < 3; i++) {
            budget.take(Long.MIN_VALUE + i);
        }
        assertThat(budget.isLeft(Long.MIN_VALUE + 50)).isFalse();
        assertThat(budget.isLeft(Long.MIN_VALUE + 101)).isTrue();
    }
}
