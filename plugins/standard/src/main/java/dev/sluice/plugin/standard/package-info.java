/** The plugins that every installation has: converters and header converters. */
@NullMarked
package dev.sluice.plugin.standard;

import org.jspecify.annotations.NullMarked;
