/**
 * The command line: {@code sluice standalone}, {@code doctor}, {@code version} and what the build uses.
 *
 * <p>Main types: {@link dev.sluice.runtime.cli.Main} and one {@code …Command} for each command. Commands run on the main
 * thread, which is no event loop, and may block. Exit codes: 0 done, 1 a fault of ours, 2 something the user can correct.
 * A command's own lines go to the standard output, problems to the standard error, and everything else into the log.
 */
@NullMarked
package dev.sluice.runtime.cli;

import org.jspecify.annotations.NullMarked;
