/** Tests of the validation of connector settings. */
@NullMarked
package dev.sluice.runtime.validate;

import org.jspecify.annotations.NullMarked;
