/** Tests of how keys are read. */
@NullMarked
package dev.sluice.runtime.rest.tls;

import org.jspecify.annotations.NullMarked;
