/**
 * The converters that every installation has, with the names, settings and bytes of Kafka Connect's.
 *
 * <p>Main types: one class per primitive type, {@link dev.sluice.plugin.standard.StringConverter},
 * {@link dev.sluice.plugin.standard.SimpleHeaderConverter}; JSON has a package of its own. The runtime makes one instance
 * per task and role and calls it on that task's thread; nothing here is thread-safe.
 */
@NullMarked
package dev.sluice.plugin.standard;

import org.jspecify.annotations.NullMarked;
