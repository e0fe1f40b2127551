package dev.sluice.runtime.config;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigProblems;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import java.time.Duration;
import java.util.List;

/** The list of the settings of a worker that are about metrics. */
final class MetricsKeys {
    private static final String GROUP = "Metrics";
    private static final String JMX_REPORTER = "org.apache.kafka.common.metrics.JmxReporter";
    private static final String CONTEXT = "metrics.context.";

    static final ConfigKey<Duration> WINDOW = ConfigKey.duration("metrics.sample.window.ms")
            .defaultsTo(Duration.ofSeconds(30))
            .check(Check.atLeast(Duration.ofMillis(1)))
            .doc("Length of one of the windows that rates, averages and maxima of metrics look back on.")
            .group(GROUP)
            .importance(Importance.LOW);

    static final ConfigKey<Integer> WINDOWS = ConfigKey.integer("metrics.num.samples")
            .defaultsTo(2)
            .check(Check.atLeast(1))
            .doc("Windows that rates, averages and maxima of metrics look back on.")
            .group(GROUP)
            .importance(Importance.LOW);

    static final ConfigKey<Level> LEVEL = ConfigKey.enumeration("metrics.recording.level", Level.class)
            .defaultsTo(Level.INFO)
            .doc("Which metrics are shown; DEBUG adds those with many lines, such as the lag of each partition.")
            .group(GROUP)
            .importance(Importance.LOW);

    static final ConfigKey<List<String>> REPORTERS = ConfigKey.list("metric.reporters")
            .defaultsTo(List.of(JMX_REPORTER))
            .doc("Who gets the metrics. " + JMX_REPORTER + " shows them over JMX; an empty list does not. Other classes"
                    + " do not run here; collect GET /metrics instead, which is always there. Settings that begin with "
                    + CONTEXT + " are labels of sluice_worker_info.")
            .group(GROUP)
            .importance(Importance.LOW);

    static final ConfigSpec SPEC = ConfigSpec.of(WINDOW, WINDOWS, LEVEL, REPORTERS)
            .openPrefix(CONTEXT)
            .rule(MetricsKeys::noteReportersOfOthers);

    private MetricsKeys() {}

    /** Which metrics are shown. */
    enum Level {
        /** What is worth it always. */
        INFO,
        /** Also what has many lines. */
        DEBUG
    }

    private static void noteReportersOfOthers(Config config, ConfigProblems problems) {
        for (String reporter : config.get(REPORTERS)) {
            if (!reporter.equals(JMX_REPORTER)) {
                problems.add(ConfigProblem.note(
                        REPORTERS.name(),
                        "Reporter " + reporter
                                + " in metric.reporters has no effect: reporters of Kafka's clients do not"
                                + " run here.",
                        "Remove it, and collect the metrics from GET /metrics."));
            }
        }
    }

    static MetricsSettings settings(Config config) {
        return new MetricsSettings(
                config.get(WINDOW),
                config.get(WINDOWS),
                config.get(LEVEL) == Level.DEBUG,
                config.get(REPORTERS).contains(JMX_REPORTER),
                config.withPrefix(CONTEXT).originals());
    }
}
