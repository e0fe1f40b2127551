/** Micro benchmarks of the hot paths, and the load that brokers are compared under. */
@NullMarked
package dev.sluice.benchmark;

import org.jspecify.annotations.NullMarked;
