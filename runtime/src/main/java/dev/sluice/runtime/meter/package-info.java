/**
 * The cells that tasks count in: numbers with one writer, statistics over a sliding window, latencies in buckets.
 *
 * <p>Writers are cheap and take no lock; any thread reads, at any time, without disturbing them. The package knows nobody;
 * tasks write, {@code flow} and {@code metrics} read.
 */
@NullMarked
package dev.sluice.runtime.meter;

import org.jspecify.annotations.NullMarked;
