/**
 * Settings of plugins and of the worker, each defined once: parsing, validation, REST answers, reference pages and
 * console forms are derived from that one definition.
 *
 * <p>Main types: {@link dev.sluice.api.config.ConfigKey} is one setting, {@link dev.sluice.api.config.ConfigSpec} the
 * settings of one plugin, {@link dev.sluice.api.config.Config} what was read from a map of texts, and
 * {@link dev.sluice.api.config.ConfigValidation} everything that can be said about such a map.
 *
 * <p>Invariants: every problem is reported at once; a value is never corrected silently; a secret never enters a
 * message or a {@code toString}. Everything except {@link dev.sluice.api.config.ConfigProvider} and
 * {@link dev.sluice.api.config.ConfigProblems} is immutable and may be used from any thread. The runtime parses on the
 * thread that starts the plugin and validates on its blocking pool.
 */
@NullMarked
package dev.sluice.api.config;

import org.jspecify.annotations.NullMarked;
