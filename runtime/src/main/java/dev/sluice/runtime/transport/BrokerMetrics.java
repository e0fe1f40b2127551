package dev.sluice.runtime.transport;

import dev.sluice.broker.Broker;
import dev.sluice.broker.metrics.Distribution;
import dev.sluice.broker.metrics.Metric;
import dev.sluice.broker.metrics.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The built-in broker's metrics in words that know no broker. Looks at every partition. */
final class BrokerMetrics {
    private BrokerMetrics() {}

    static List<LogMetric> read(Broker broker) {
        Map<Metric, List<LogMetric.Sample>> byMetric = new LinkedHashMap<>();
        for (Sample sample : broker.metrics().read()) {
            byMetric.computeIfAbsent(sample.metric(), missing -> new ArrayList<>())
                    .add(converted(sample));
        }
        List<LogMetric> metrics = new ArrayList<>(byMetric.size());
        byMetric.forEach((metric, samples) -> metrics.add(new LogMetric(
                metric.name(),
                metric.kind().name().toLowerCase(Locale.ROOT),
                metric.help(),
                metric.labels(),
                samples)));
        return metrics;
    }

    private static LogMetric.Sample converted(Sample sample) {
        if (sample.value() instanceof Distribution spread) {
            List<LogMetric.Bucket> buckets = new ArrayList<>(spread.counts().size());
            for (int i = 0; i < spread.counts().size(); i++) {
                buckets.add(new LogMetric.Bucket(
                        spread.upperBoundSeconds(i), spread.counts().get(i)));
            }
            return new LogMetric.Sample(sample.labels(), spread.sumSeconds(), buckets);
        }
        double number = ((Sample.Amount) sample.value()).number();
        return new LogMetric.Sample(sample.labels(), number, List.of());
    }
}
