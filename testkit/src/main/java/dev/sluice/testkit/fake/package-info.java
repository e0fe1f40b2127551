/**
 * Fakes of what the runtime gives to plugins. They behave as the runtime does where a plugin could notice (stored offsets
 * come back as from JSON), record what plugins asked for, and may be read from any thread.
 */
@NullMarked
package dev.sluice.testkit.fake;

import org.jspecify.annotations.NullMarked;
