/**
 * Decides what runs, and keeps it running: {@link dev.sluice.runtime.control.Worker} puts a worker together,
 * {@link dev.sluice.runtime.control.Herder} owns its state.
 *
 * <p>Planning is pure: an {@code Event} applied to a {@code ClusterState} gives a {@code Plan}, the next state and the
 * commands to carry out. The herder applies events on one event loop and carries commands out on one thread of its own, in
 * order; task threads and REST reach it by posting events and reading its view.
 */
@NullMarked
package dev.sluice.runtime.control;

import org.jspecify.annotations.NullMarked;
