package dev.sluice.broker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {
    private final Histogram histogram = new Histogram();

    private int bucketOf(long nanos) {
        Histogram one = new Histogram();
        one.record(nanos);
        return one.read().counts().indexOf(1L);
    }

    @Test
    void putsADurationIntoTheFirstBucketThatDoesNotEndBelowIt() {
        Distribution empty = histogram.read();
        for (int bucket = 0; bucket < empty.counts().size() - 1; bucket++) {
            long bound = Math.round(empty.upperBoundSeconds(bucket) * 1e9);
            assertThat(bucketOf(bound)).as("at the bound %s", bound).isEqualTo(bucket);
            assertThat(bucketOf(bound + 1)).as("above the bound %s", bound).isEqualTo(bucket + 1);
        }
    }

    @Test
    void coversAMicrosecondToHalfAMinuteAndKeepsWhatIsLonger() {
        Distribution empty = histogram.read();
        int last = empty.counts().size() - 1;

        assertThat(empty.upperBoundSeconds(0)).isEqualTo(1.024e-6);
        assertThat(empty.upperBoundSeconds(last - 1)).isBetween(30.0, 40.0);
        assertThat(empty.upperBoundSeconds(last)).isInfinite();
        assertThat(bucketOf(0)).isZero();
        assertThat(bucketOf(Long.MAX_VALUE)).isEqualTo(last);
    }

    @Test
    void losesNothingWhereManyThreadsCount() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            Random random = new Random(number);
            Thread thread = new Thread(() -> {
                for (int time = 0; time < 10_000; time++) {
                    histogram.record(1_000L + random.nextInt(2));
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(histogram.read().count()).isEqualTo(40_000);
        assertThat(histogram.read().sumSeconds()).isBetween(0.0400, 0.0401);
    }
}
