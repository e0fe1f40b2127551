package dev.sluice.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How long it takes to read a worker with 200 connectors of five tasks each. */
final class ScrapeTimeTest {
    private static final int WARM_UP = 60;
    private static final int ROUNDS = 21;
    /** Measured were 20 ms; the bound is for a machine that does much else. */
    private static final Duration LIMIT = Duration.ofMillis(100);

    @Test
    void aThousandTasksAreReadInMilliseconds() {
        PrometheusText text =
                new PrometheusText(FakeReadings.of(200, 5), List::of, RecordingLevel.INFO, Clock.systemUTC());
        int size = 0;
        for (int round = 0; round < WARM_UP; round++) {
            size = text.render().length();
        }

        long[] nanos =
                LongStream.range(0, ROUNDS).map(round -> timed(text)).sorted().toArray();

        Duration median = Duration.ofNanos(nanos[ROUNDS / 2]);
        System.out.printf(
                "scrape of 1,000 tasks: %.1f MB, median %.1f ms, least %.1f ms%n",
                size / 1e6, median.toNanos() / 1e6, nanos[0] / 1e6);
        assertThat(median).isLessThan(LIMIT);
    }

    /** Time of the processor, not of the clock: other tests may run beside. */
    private static long timed(PrometheusText text) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long began = threads.getCurrentThreadCpuTime();
        assertThat(text.render()).isNotEmpty();
        return threads.getCurrentThreadCpuTime() - began;
    }
}
