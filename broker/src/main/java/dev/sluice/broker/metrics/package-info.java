/**
 * What the broker counts and measures of itself. A {@link dev.sluice.broker.metrics.Metric} is the one definition of a
 * name; each part of the broker has a {@link dev.sluice.broker.metrics.MetricSource} with its definitions and cells, and
 * {@link dev.sluice.broker.metrics.Metrics} reads them all. Counting takes no lock and no memory, on any thread; reading
 * walks over all partitions, so read every few seconds at most, and never on an event loop.
 */
@NullMarked
package dev.sluice.broker.metrics;

import org.jspecify.annotations.NullMarked;
