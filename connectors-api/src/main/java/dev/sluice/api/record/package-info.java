/**
 * Records on their way: what a source returns, what a sink receives, and their coordinates.
 *
 * <p>Both kinds are immutable and share {@link dev.sluice.api.record.ConnectRecord}, so a transformation works on
 * either. Records are made and read on the task's own thread.
 */
@NullMarked
package dev.sluice.api.record;

import org.jspecify.annotations.NullMarked;
