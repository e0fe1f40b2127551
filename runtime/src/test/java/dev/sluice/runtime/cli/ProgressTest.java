package dev.sluice.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.control.ConnectorView;
import dev.sluice.runtime.control.HerderView;
import dev.sluice.runtime.control.Recovery;
import dev.sluice.runtime.control.RunState;
import dev.sluice.runtime.control.StatusView;
import dev.sluice.runtime.control.TaskView;
import dev.sluice.runtime.flow.FakeFlow;
import dev.sluice.runtime.flow.Verdict;
import dev.sluice.runtime.store.StoredTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private final Progress progress = new Progress();

    @Test
    void saysNothingWhileNothingHappens() {
        progress.begin(view(RunState.RUNNING, 0));

        assertThat(progress.next(view(RunState.RUNNING, 0), 10_000)).isEmpty();
    }

    @Test
    void saysTheTotalOnceItHasSettled() {
        progress.begin(view(RunState.RUNNING, 0));

        assertThat(progress.next(view(RunState.RUNNING, 5_234), 500)).isEmpty();
        assertThat(progress.next(view(RunState.RUNNING, 5_234), 1_000))
                .containsExactly("orders read 5,234 records (51.1 KB)");
        assertThat(progress.next(view(RunState.RUNNING, 5_234), 1_500)).isEmpty();
    }

    @Test
    void oneRecordIsOne() {
        progress.begin(view(RunState.RUNNING, 0));

        List<String> lines = new ArrayList<>(progress.next(view(RunState.RUNNING, 1), 500));
        lines.addAll(progress.next(view(RunState.RUNNING, 1), 1_000));

        assertThat(lines).containsExactly("orders read 1 record (10 bytes)");
    }

    @Test
    void pausesGrowWhileRecordsGoOnFlowing() {
        progress.begin(view(RunState.RUNNING, 0));
        List<Long> printedAt = new ArrayList<>();
        for (long now = 500; now <= 600_000; now += 500) {
            if (!progress.next(view(RunState.RUNNING, now), now).isEmpty()) {
                printedAt.add(now / 1_000);
            }
        }

        assertThat(printedAt).startsWith(2L).endsWith(487L, 547L).hasSizeLessThan(16);
    }

    @Test
    void aQuietTimeMakesItPromptAgain() {
        progress.begin(view(RunState.RUNNING, 0));
        for (long now = 500; now <= 200_000; now += 500) {
            assertThat(progress.next(view(RunState.RUNNING, now), now)).hasSizeLessThan(2);
        }
        assertThat(progress.next(view(RunState.RUNNING, 200_000), 300_000)).hasSize(1);

        assertThat(progress.next(view(RunState.RUNNING, 200_001), 400_000)).isEmpty();
        assertThat(progress.next(view(RunState.RUNNING, 200_001), 400_500)).hasSize(1);
        assertThat(progress.next(view(RunState.RUNNING, 200_002), 402_000)).isEmpty();
        assertThat(progress.next(view(RunState.RUNNING, 200_002), 402_500)).hasSize(1);
    }

    @Test
    void aChangeOfStateIsSaidAtOnce() {
        progress.begin(view(RunState.UNASSIGNED, 0));

        assertThat(progress.next(view(RunState.RUNNING, 0), 0)).containsExactly("orders is RUNNING");
        assertThat(progress.next(view(RunState.FAILED, 0), 0))
                .containsExactly("orders is FAILED (the log has the reason)");
    }

    @Test
    void aTaskThatIsWorseOffStandsForTheConnector() {
        TaskView stuck = new TaskView(
                0, status(RunState.STUCK), FakeFlow.of(Verdict.STUCK), Map.of(), 0, 0, 0, Optional.empty());
        ConnectorView connector = new ConnectorView(
                "orders",
                PluginKind.SINK,
                Map.of(),
                StoredTarget.STARTED,
                status(RunState.RUNNING),
                FakeFlow.of(Verdict.STUCK),
                List.of(stuck));

        assertThat(Progress.state(connector)).isEqualTo("STUCK (the log has the reason)");
    }

    private static StatusView status(RunState state) {
        return new StatusView(state, "w", "1", null, Recovery.NONE);
    }

    private static HerderView view(RunState state, long records) {
        TaskView task = new TaskView(
                0,
                status(RunState.RUNNING),
                FakeFlow.of(Verdict.FLOWING),
                Map.of(),
                records,
                10 * records,
                0,
                Optional.empty());
        return new HerderView(
                "w",
                "c",
                List.of(new ConnectorView(
                        "orders",
                        PluginKind.SOURCE,
                        Map.of(),
                        StoredTarget.STARTED,
                        status(state),
                        FakeFlow.of(Verdict.FLOWING),
                        List.of(task))));
    }
}
