package dev.sluice.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plugin.PluginMetrics;
import dev.sluice.runtime.task.TaskMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What plugins count themselves, in the text. */
@Timeout(60)
final class PluginMetricsTest {
    private static final String[] FIRST = {"connector", "c0", "task", "0"};

    private final FakeReadings readings = FakeReadings.of(1, 2);

    private PluginMetrics metrics(int task) {
        return readings.metrics(0, task);
    }

    private PrometheusLines text() {
        return readings.text(RecordingLevel.INFO);
    }

    @Test
    void countersGaugesAndHistogramsOfAllTasksStandTogether() {
        metrics(0)
                .counter("bulk-retries", "Bulk requests sent again.", Map.of())
                .add(3);
        metrics(1)
                .counter("bulk-retries", "Bulk requests sent again.", Map.of())
                .add(4);
        metrics(0).gauge("queue.depth", "Waiting.", Map.of(), () -> 1.5);
        PluginMetrics.Histogram sizes = metrics(0).histogram("request-bytes", "Bytes of a request.", Map.of());
        sizes.record(1);
        sizes.record(5_000);

        PrometheusLines text = text();

        assertThat(text.kind("sluice_plugin_bulk_retries_total")).isEqualTo("counter");
        assertThat(text.value("sluice_plugin_bulk_retries_total", FIRST)).isEqualTo(3);
        assertThat(text.value("sluice_plugin_bulk_retries_total", "connector", "c0", "task", "1"))
                .isEqualTo(4);
        assertThat(text.value("sluice_plugin_queue_depth", FIRST)).isEqualTo(1.5);
        assertThat(text.kind("sluice_plugin_request_bytes")).isEqualTo("histogram");
        assertThat(text.value("sluice_plugin_request_bytes_sum", FIRST)).isEqualTo(5_001);
        assertThat(text.value("sluice_plugin_request_bytes_count", FIRST)).isEqualTo(2);
    }

    @Test
    void tagsBecomeLabelsWhateverTheyHold() {
        metrics(0)
                .counter("rows", "Rows.", Map.of("table-name", "a \"b\"\\c\nd", "task", "mine"))
                .add(1);

        assertThat(text().value(
                                "sluice_plugin_rows_total",
                                "connector",
                                "c0",
                                "task",
                                "0",
                                "table_name",
                                "a \"b\"\\c\nd",
                                "tag_task",
                                "mine"))
                .isEqualTo(1);
    }

    @Test
    void metricsOfOneNameButDifferentKindsAreToldApart() {
        metrics(0).gauge("size", "A size.", Map.of(), () -> 1);
        metrics(1).histogram("size", "Sizes.", Map.of()).record(2);

        assertThat(text().names()).anyMatch(name -> name.matches("sluice_plugin_size_(gauge|histogram)"));
    }

    @Test
    void aGaugeThatFailsIsLeftOutAndTheOthersStay() {
        metrics(0).gauge("broken", "Fails.", Map.of(), () -> {
            throw new IllegalStateException("not now");
        });
        metrics(0).gauge("fine", "Works.", Map.of(), () -> 7);

        assertThat(text().value("sluice_plugin_fine", FIRST)).isEqualTo(7);
    }

    @Test
    void aGaugeThatHangsIsAskedOnceAndHoldsNobodyUpForLong() {
        CountDownLatch forever = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        DoubleSupplier hanging = () -> {
            asked.incrementAndGet();
            try {
                boolean unused = forever.await(1, TimeUnit.HOURS);
            } catch (InterruptedException ignored) {
                return 0;
            }
            return 0;
        };
        PluginGauges gauges = new PluginGauges(Duration.ofMillis(50));
        TaskMetrics.Asked slow = new TaskMetrics.Asked(hanging);
        TaskMetrics.Asked quick = new TaskMetrics.Asked(() -> 3);

        assertThat(gauges.ask(List.of(quick, slow))).containsEntry(quick, 3.0);
        assertThat(gauges.ask(List.of(slow, quick))).containsExactly(Map.entry(quick, 3.0));
        assertThat(asked).hasValue(1);
    }

    @Test
    void aTaskHasABoundedNumberOfMetrics() {
        for (int i = 0; i < 1_500; i++) {
            metrics(0)
                    .counter("many", "Too many.", Map.of("i", Integer.toString(i)))
                    .add(1);
        }

        assertThat(readings.taskMetrics(0, 0).all()).hasSize(1_000);
    }
}
