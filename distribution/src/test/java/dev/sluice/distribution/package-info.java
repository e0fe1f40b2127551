/** Tests on the installation as it is shipped: its folders, its launcher, and the processes that it starts. */
@NullMarked
package dev.sluice.distribution;

import org.jspecify.annotations.NullMarked;
