/**
 * Shows what a worker counts: as Prometheus text, and over JMX under the names that Kafka Connect has.
 *
 * <p>Each metric is defined once, as a {@link dev.sluice.runtime.metrics.Meter} of a {@link
 * dev.sluice.runtime.metrics.Family}; text, beans and the page docs/metrics.md follow from the {@link
 * dev.sluice.runtime.metrics.Catalog}. Nothing is computed unless somebody asks: {@link
 * dev.sluice.runtime.metrics.PrometheusText} reads everything once, a bean reads what it is asked for. Both may be called
 * from any thread but an event loop. No value of a setting or record appears in a metric.
 */
@NullMarked
package dev.sluice.runtime.metrics;

import org.jspecify.annotations.NullMarked;
