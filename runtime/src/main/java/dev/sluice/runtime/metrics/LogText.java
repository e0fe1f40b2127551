package dev.sluice.runtime.metrics;

import dev.sluice.runtime.transport.LogMetric;
import java.util.List;

/** Writes the metrics of the log, which are the built-in broker's. */
final class LogText {
    private LogText() {}

    static void write(List<LogMetric> metrics, TextWriter out) {
        for (LogMetric metric : metrics) {
            out.begin(metric.name(), metric.kind(), metric.help());
            for (LogMetric.Sample sample : metric.samples()) {
                write(metric, sample, out);
            }
        }
    }

    private static void write(LogMetric metric, LogMetric.Sample sample, TextWriter out) {
        String labels = LabelText.of(metric.labels(), sample.labels());
        if (sample.buckets().isEmpty()) {
            out.sample(metric.name(), labels, sample.number());
            return;
        }
        long count = 0;
        for (LogMetric.Bucket bucket : sample.buckets()) {
            count += bucket.count();
            out.bucket(metric.name(), labels, bucket.upperBound(), count);
        }
        out.sample(metric.name() + "_sum", labels, sample.number());
        out.sample(metric.name() + "_count", labels, count);
    }
}
