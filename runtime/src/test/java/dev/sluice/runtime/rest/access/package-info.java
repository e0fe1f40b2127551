/** Tests of who may use the REST API. */
@NullMarked
package dev.sluice.runtime.rest.access;

import org.jspecify.annotations.NullMarked;
