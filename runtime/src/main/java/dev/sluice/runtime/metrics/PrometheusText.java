package dev.sluice.runtime.metrics;

import dev.sluice.runtime.transport.LogMetric;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** All metrics in Prometheus' text format 0.0.4. Any thread but an event loop; reading a thousand tasks takes milliseconds. */
final class PrometheusText {
    private static final Duration GAUGES_LIMIT = Duration.ofMillis(200);
    private static final int FIRST_SIZE = 1 << 16;

    private final Readings readings;
    private final Supplier<List<LogMetric>> log;
    private final RecordingLevel level;
    private final Clock clock;
    private final PluginGauges gauges = new PluginGauges(GAUGES_LIMIT);
    private volatile int lastSize = FIRST_SIZE;

    PrometheusText(Readings readings, Supplier<List<LogMetric>> log, RecordingLevel level, Clock clock) {
        this.readings = readings;
        this.log = log;
        this.level = level;
        this.clock = clock;
    }

    /** Reads everything once. */
    String render() {
        Scene scene = Scene.of(readings, clock.millis());
        TextWriter out = new TextWriter(lastSize + lastSize / 8);
        for (Family<?> family : Catalog.FAMILIES) {
            if (level.shows(family.level())) {
                FamilyText.write(family, scene, out);
            }
        }
        PluginText.write(scene, gauges, out);
        LogText.write(log.get(), out);
        lastSize = out.size();
        return out.toString();
    }
}
