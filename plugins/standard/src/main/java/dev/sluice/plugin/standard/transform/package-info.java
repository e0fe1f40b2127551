/**
 * Kafka Connect's standard transformations: the same names, settings and results, made for speed.
 *
 * <p>Those that change the key or the value extend {@link dev.sluice.plugin.standard.transform.PartTransformation} and
 * come twice, as nested classes {@code Key} and {@code Value}. What they make of a schema is worked out once and kept in a
 * {@link dev.sluice.plugin.standard.transform.SchemaCache}; a record then costs one new struct. Each instance
 * belongs to one task's thread.
 */
@NullMarked
package dev.sluice.plugin.standard.transform;

import org.jspecify.annotations.NullMarked;
