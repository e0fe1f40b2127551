/** Kafka Connect's standard predicates: the same names, settings and answers. Each instance belongs to one task's thread. */
@NullMarked
package dev.sluice.plugin.standard.predicate;

import org.jspecify.annotations.NullMarked;
