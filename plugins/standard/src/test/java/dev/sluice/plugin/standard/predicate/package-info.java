/** Tests of the standard predicates. */
@NullMarked
package dev.sluice.plugin.standard.predicate;

import org.jspecify.annotations.NullMarked;
