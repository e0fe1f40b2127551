package dev.sluice.runtime.meter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LatenciesTest {
    @Test
    void aBucketHoldsWhatIsUpToItsBound() {
        assertThat(Latencies.bucketOf(0)).isZero();
        assertThat(Latencies.bucketOf(1)).isZero();
        assertThat(Latencies.bucketOf(2)).isEqualTo(1);
        assertThat(Latencies.bucketOf(3)).isEqualTo(2);
        assertThat(Latencies.bucketOf(4)).isEqualTo(2);
        assertThat(Latencies.bucketOf(1L << 22)).isEqualTo(22);
        assertThat(Latencies.bucketOf((1L << 22) + 1)).isEqualTo(23);
        assertThat(Latencies.bucketOf(Long.MAX_VALUE)).isEqualTo(23);
    }

    @Test
    void boundsAreInSecondsAndTheLastBucketHasNone() {
        assertThat(Latencies.upperBoundSeconds(0)).isEqualTo(0.001);
        assertThat(Latencies.upperBoundSeconds(10)).isEqualTo(1.024);
        assertThat(Latencies.upperBoundSeconds(Latencies.bucketCount() - 1)).isInfinite();
    }

    @Test
    void aTimestampOfTheFutureCountsAsNoLatency() {
        Latencies latencies = new Latencies();
        latencies.record(-5_000);
        latencies.record(250);

        assertThat(latencies.count(0)).isEqualTo(1);
        assertThat(latencies.count(Latencies.bucketOf(250))).isEqualTo(1);
        assertThat(latencies.sumSeconds()).isEqualTo(0.25);
    }
}
