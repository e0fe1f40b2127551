/** Tests of what replaces, masks and redacts secrets. */
@NullMarked
package dev.sluice.runtime.secret;

import org.jspecify.annotations.NullMarked;
