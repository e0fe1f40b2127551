/** Micro benchmarks of the hot paths. */
@NullMarked
package dev.sluice.benchmark;

import org.jspecify.annotations.NullMarked;
