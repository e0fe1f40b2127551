package dev.sluice.runtime.metrics;

import dev.sluice.runtime.config.MetricsSettings;
import dev.sluice.runtime.control.Worker;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Shows the metrics of one worker: as text when asked, and over JMX where that is wanted. */
public final class WorkerMetrics implements AutoCloseable {
    private static final Duration JMX_PERIOD = Duration.ofSeconds(1);

    private final PrometheusText text;
    private final @Nullable JmxReporter jmx;

    private WorkerMetrics(PrometheusText text, @Nullable JmxReporter jmx) {
        this.text = text;
        this.jmx = jmx;
    }

    /**
     * Begins to show metrics. Cheap: nothing is read or registered before somebody can look.
     *
     * @param worker what they are of; closed after this
     * @param settings what is shown
     */
    public static WorkerMetrics start(Worker worker, MetricsSettings settings) {
        Clock clock = Clock.systemUTC();
        Readings readings = new WorkerReadings(worker, clock.millis(), settings.context());
        RecordingLevel level = settings.isDetailed() ? RecordingLevel.DEBUG : RecordingLevel.INFO;
        return new WorkerMetrics(
                new PrometheusText(readings, worker::logMetrics, level, clock),
                settings.isOverJmx() ? new JmxReporter(readings, level, clock, JMX_PERIOD) : null);
    }

    /** Returns all metrics in Prometheus' text format 0.0.4. Takes milliseconds: any thread but an event loop. */
    public String prometheus() {
        return text.render();
    }

    /** Takes the beans away. */
    @Override
    public void close() {
        if (jmx != null) {
            jmx.close();
        }
    }
}
