package dev.sluice.runtime.meter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StatisticTest {
    private static final long BORN = 1_000_000;
    private static final Span SPAN = new Span(10_000, 2);

    private final Statistic statistic = new Statistic(SPAN, BORN);

    @Test
    void knowsCountSumMaximumAndAverageOfWhatIsRecent() {
        statistic.record(10, BORN);
        statistic.record(30, BORN + 4_000);
        statistic.record(20, BORN + 12_000);

        Statistic.Recent recent = statistic.recent(BORN + 15_000);

        assertThat(recent).isEqualTo(new Statistic.Recent(3, 60, 10, 30, 15_000));
        assertThat(recent.average()).isEqualTo(20);
        assertThat(recent.rate()).isEqualTo(4);
        assertThat(recent.countRate()).isEqualTo(0.2);
    }

    @Test
    void forgetsWindowsThatAreTooOldButNotTheTotals() {
        statistic.record(50, BORN);
        statistic.record(1, BORN + 10_000);
        statistic.record(2, BORN + 20_000);

        assertThat(statistic.recent(BORN + 20_000).max()).isEqualTo(2);
        assertThat(statistic.recent(BORN + 40_000).count()).isZero();
        assertThat(statistic.count()).isEqualTo(3);
        assertThat(statistic.sum()).isEqualTo(53);
    }

    @Test
    void leavesAWindowOutWithoutAWriterThatNoticesIt() {
        statistic.record(50, BORN);

        assertThat(statistic.recent(BORN + 19_999).count()).isEqualTo(1);
        assertThat(statistic.recent(BORN + 20_000).count()).isZero();
    }

    @Test
    void doesNotTakeABurstAfterASilenceForARate() {
        statistic.record(1_000, BORN + 600_000);

        assertThat(statistic.recent(BORN + 600_000).rate()).isEqualTo(100); // In one window of 10 s at least.
    }

    @Test
    void aYoungStatisticLooksBackOnItsOwnLifeOnly() {
        statistic.record(1_000, BORN + 1_500);

        assertThat(statistic.recent(BORN + 2_000).rate()).isEqualTo(500);
        assertThat(new Statistic(SPAN, BORN).recent(BORN).rate()).isZero();
    }

    @Test
    void moreWindowsThanTwoAreKeptIfAskedFor() {
        Statistic long3 = new Statistic(new Span(10, 3), BORN);
        for (int window = 0; window < 5; window++) {
            long3.record(1, BORN + window * 10L);
        }

        assertThat(long3.recent(BORN + 40).count()).isEqualTo(3);
    }
}
