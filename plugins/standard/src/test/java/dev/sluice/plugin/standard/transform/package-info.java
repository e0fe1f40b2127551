/** Tests of the standard transformations. */
@NullMarked
package dev.sluice.plugin.standard.transform;

import org.jspecify.annotations.NullMarked;
