/**
 * Small plugins in memory that keep their contracts, and flawed ones that break them: the suites must pass the first and
 * fail the others in the right test. They stand in a package of their own, as a plugin author's tests do.
 */
@NullMarked
package dev.sluice.testkit.sample;

import org.jspecify.annotations.NullMarked;
