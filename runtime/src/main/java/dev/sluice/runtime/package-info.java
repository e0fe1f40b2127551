/** The worker: loads plugins, runs their tasks and answers REST and the command line. */
@NullMarked
package dev.sluice.runtime;

import org.jspecify.annotations.NullMarked;
