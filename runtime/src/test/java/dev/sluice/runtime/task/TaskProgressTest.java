package dev.sluice.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.connector.Progress;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class TaskProgressTest {
    private final TaskProgress.Follower follower = new TaskProgress.Follower();

    private TaskProgress next(String what, long done, long total, long nowMillis) {
        return follower.next(new Progress(what, done, OptionalLong.of(total), "rows"), nowMillis);
    }

    @Test
    void tellsTheRestOfTheTimeByThePaceSoFar() {
        assertThat(next("snapshot of orders", 100, 1_100, 5_000).leftMillis()).isEmpty();

        TaskProgress later = next("snapshot of orders", 350, 1_100, 6_000);

        assertThat(later.left()).hasValue(750);
        assertThat(later.recordsLeft()).isEqualTo(750);
        assertThat(later.leftMillis()).hasValue(3_000);
        assertThat(next("snapshot of orders", 1_200, 1_100, 7_000).leftMillis()).hasValue(0);
    }

    @Test
    void beginsAnewWithAnotherJobAndAfterAStepBack() {
        assertThat(next("a", 10, 100, 0).leftMillis()).isEmpty();
        assertThat(next("b", 50, 100, 1_000).leftMillis()).isEmpty();
        assertThat(next("b", 75, 100, 2_000).leftMillis()).hasValue(1_000);
        assertThat(next("b", 5, 100, 3_000).leftMillis()).isEmpty();
    }

    @Test
    void knowsNothingOfAnEndThatTheTaskDoesNotKnowAndCountsNoBytesAsRecords() {
        TaskProgress endless = follower.next(new Progress("a", 5, OptionalLong.empty(), "rows"), 0);
        assertThat(endless.left()).isEmpty();
        assertThat(endless.recordsLeft()).isZero();
        assertThat(endless.leftMillis()).isEmpty();

        Progress bytes = new Progress("changes", 5, OptionalLong.of(9), "bytes of the write-ahead log");
        assertThat(follower.next(bytes, 0).recordsLeft()).isZero();
    }
}
