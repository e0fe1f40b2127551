/** What a plugin author compiles against: connectors, tasks, records, settings and converters. */
@NullMarked
package dev.sluice.api;

import org.jspecify.annotations.NullMarked;
