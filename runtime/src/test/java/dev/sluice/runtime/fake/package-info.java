/**
 * Plugins for tests of the runtime. {@link dev.sluice.runtime.fake.FakePlugins} copies their classes into a plugin folder, so
 * that they run under a class loader of their own, as a stranger's do; what they share with the test is in {@link
 * dev.sluice.runtime.fake.FakeWorld}.
 */
@NullMarked
package dev.sluice.runtime.fake;

import org.jspecify.annotations.NullMarked;
