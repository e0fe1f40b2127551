package dev.sluice.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntervalBoundaryTest {
    private long now = -5;

    @Test
    void endsWithTheFirstBatchAfterTheInterval() {
        IntervalBoundary boundary = new IntervalBoundary(Duration.ofNanos(100), () -> now);
        assertThat(end(boundary)).isEqualTo(Boundary.End.KEEP_OPEN);
        now += 99;
        assertThat(boundary.isDue()).isFalse();
        now++;
        assertThat(boundary.isDue()).isTrue();
        assertThat(end(boundary)).isEqualTo(Boundary.End.COMMIT);
        boundary.onEnded();
        assertThat(end(boundary)).isEqualTo(Boundary.End.KEEP_OPEN);
        assertThat(boundary.commitsAtStop()).isTrue();
    }

    private static Boundary.End end(IntervalBoundary boundary) {
        List<Boundary.Piece> pieces = boundary.divide(List.of());
        assertThat(pieces).hasSize(1);
        return pieces.get(0).end();
    }
}
