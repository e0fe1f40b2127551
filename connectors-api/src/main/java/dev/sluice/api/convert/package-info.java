/**
 * Converters: between the data model and the bytes in the log. One instance serves one task's keys, values or headers on
 * that task's thread; nothing needs to be thread-safe.
 */
@NullMarked
package dev.sluice.api.convert;

import org.jspecify.annotations.NullMarked;
