/** Tests of the standard config providers. */
@NullMarked
package dev.sluice.plugin.standard.provider;

import org.jspecify.annotations.NullMarked;
