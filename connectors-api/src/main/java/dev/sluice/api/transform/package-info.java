/**
 * Transformations, which change or drop one record at a time, and predicates, which decide whether one is applied. They
 * run on the task's thread, between source and converter or between converter and sink.
 */
@NullMarked
package dev.sluice.api.transform;

import org.jspecify.annotations.NullMarked;
